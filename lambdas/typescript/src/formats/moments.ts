const DAY = 24 * 60;
const CLOCK =
  /^([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(?:\.(\d+))?(?:Z|([+-])([01]\d|2[0-3]):([0-5]\d))$/i;

/** Day of the calendar, `YYYY-MM-DD`. */
export function date(text: string): string | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || text < "0001") return undefined;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(+day) && day.toISOString().startsWith(text) ? text : undefined;
}

/** Time of day with an offset, RFC 3339. */
export function time(text: string, utc: boolean): string | undefined {
  const clock = readClock(text);
  if (!clock) return undefined;
  if (!utc) return clock.write(clock.local, clock.offset);
  return clock.write((clock.local - clock.offset + DAY) % DAY, 0);
}

/** Moment with an offset, RFC 3339. */
export function dateTime(text: string, utc: boolean): string | undefined {
  const day = date(text.slice(0, 10));
  const clock = /^t$/i.test(text.slice(10, 11)) ? readClock(text.slice(11)) : undefined;
  if (!day || !clock) return undefined;
  const moment = Date.parse(`${day}T00:00:00Z`) + (clock.local - clock.offset) * 60_000;
  const there = new Date(moment).toISOString();
  // Beyond the calendar's first and last year, UTC has no date of four digits.
  if (!utc || !/^\d{4}-/.test(there) || there < "0001") {
    return `${day}T${clock.write(clock.local, clock.offset)}`;
  }
  return `${there.slice(0, 10)}T${clock.write((clock.local - clock.offset + DAY) % DAY, 0)}`;
}

/** A time of day in minutes; `write` adds the seconds to one, as they are written. */
interface Clock {
  readonly local: number;
  readonly offset: number;
  write(minutes: number, offset: number): string;
}

function readClock(text: string): Clock | undefined {
  const match = CLOCK.exec(text);
  if (!match) return undefined;
  const [, hour, minute, second = "", fraction = "", sign, hours = 0, minutes = 0] = match;
  const local = +hour! * 60 + +minute!;
  const offset = (sign === "-" ? -1 : 1) * (+hours * 60 + +minutes);
  const leap = second === "60";
  if (leap && (local - offset + DAY) % DAY !== DAY - 1) return undefined;
  const digits = fraction.replace(/0+$/, "");
  const seconds = digits ? `${second}.${leap ? digits : digits.padEnd(6, "0")}` : second;
  return {
    local,
    offset,
    write: (at, off) =>
      `${twoByTwo(at)}:${seconds}${off ? (off < 0 ? "-" : "+") + twoByTwo(Math.abs(off)) : "Z"}`,
  };
}

function twoByTwo(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((n) => `${n}`.padStart(2, "0")).join(":");
}
