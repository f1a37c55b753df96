/** One thing about a payload that its contract does not allow; it never quotes a value. */
export interface Issue {
  /** Where inside the payload. */
  readonly path: readonly (string | number)[];
  /** The same in words, with `*` for a name that the contract does not know: it may itself be data. */
  readonly place: string;
  /** A stable name of what is wrong, such as `too_long`. */
  readonly code: string;
  /** What would be right, in words. */
  readonly message: string;
}

/** What a reader knows on its way through a payload. */
export interface Context {
  readonly issues: Issue[];
  readonly path: (string | number)[];
  readonly places: (string | number)[];
  /** Whether moments are turned to UTC, as a key has them. */
  readonly utc: boolean;
}

/** Checks a value and returns it in its normal form; complaints go into the context. */
export type Type = (value: unknown, at: Context) => unknown;

/** Note what is wrong at the place that is being read. */
export function fail(at: Context, code: string, message: string): undefined {
  at.issues.push({ path: [...at.path], place: at.places.join("."), code, message });
}

/** Read a part of a value; `place` stands for its key where no value may be told. */
export function inside(
  type: Type,
  value: unknown,
  at: Context,
  key: string | number,
  place = key,
): unknown {
  at.path.push(key);
  at.places.push(place);
  const found = type(value, at);
  at.path.pop();
  at.places.pop();
  return found;
}

/** Most lists and maps inside each other: a worker reads 200, the message around one of them. */
const DEEPEST = 199;

/** Whether one more list or map may begin here. */
export function hasRoom(at: Context): boolean {
  if (at.path.length < DEEPEST) return true;
  fail(at, "too_deep", `must not be nested more than ${DEEPEST} deep`);
  return false;
}

/** Whether text is whole: half of a pair of surrogates is no character. */
export function isWhole(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

/** Whether a value is a map, of whatever class; a `Date` or a `Map` is none. */
export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return Object.prototype.toString.call(value) === "[object Object]";
}
