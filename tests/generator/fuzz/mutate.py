"""Mutants of real manifests, and bytes that never were one, each from its seed and number."""

import json
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from tests.generator.fuzz.nasty import BYTES, FITTING, LINES, VALUES

Mutation: TypeAlias = Callable[[random.Random, bytes], bytes]

ROOT = Path(__file__).parents[3]
_SCALAR = re.compile(rb"(?<=: )[^\s\[{][^\n,}\]]*")
_KEY = re.compile(rb"[A-Za-z_-]+(?=:)")
_MOST_REPEATS = 400


def corpus() -> list[bytes]:
    """Return the manifests that mutants are made from, in a fixed order."""
    folders = (ROOT / "tests" / "generator").glob("**/*.yaml")
    return [path.read_bytes() for path in (ROOT / "jobs.yaml", *sorted(folders))]


def mutant(seed: str, number: int, seeds: list[bytes]) -> bytes:
    """Return one mutant.

    Args:
        seed: Names the run.
        number: Names the mutant within it.
        seeds: What to mutate.
    """
    rng = random.Random(f"{seed}:{number}")  # noqa: S311 - reproducible by intent
    if rng.random() < 0.04:
        return rng.choice(_FROM_NOTHING)(rng)
    # The repository's own manifest is the longest and says the most.
    text = seeds[0] if rng.random() < 0.5 else rng.choice(seeds)
    # Most mutants stay YAML, so that they reach the model and the rules.
    mutations = _ROUGH if rng.random() < 0.3 else _SOUND
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3, 5, 8))):
        text = rng.choice(mutations)(rng, text)
    return text


def _flip_bytes(rng: random.Random, text: bytes) -> bytes:
    data = bytearray(text)
    for _ in range(rng.randint(1, 8)):
        if data:
            data[rng.randrange(len(data))] = rng.randrange(256)
    return bytes(data)


def _insert_bytes(rng: random.Random, text: bytes) -> bytes:
    place = rng.randint(0, len(text))
    return text[:place] + rng.choice(BYTES) + text[place:]


def _cut(rng: random.Random, text: bytes) -> bytes:
    start = rng.randint(0, len(text))
    return text[:start] + text[start + rng.randint(0, 200) :]


def _truncate(rng: random.Random, text: bytes) -> bytes:
    return text[: rng.randint(0, len(text))]


def _change_value(rng: random.Random, text: bytes) -> bytes:
    return _replace(rng, text, _SCALAR, rng.choice(VALUES).encode())


def _change_key(rng: random.Random, text: bytes) -> bytes:
    keys = _KEY.findall(text)
    new = rng.choice(keys) if keys and rng.random() < 0.5 else rng.choice(VALUES).encode()
    return _replace(rng, text, _KEY, new)


def _misspell_key(rng: random.Random, text: bytes) -> bytes:
    found = list(_KEY.finditer(text))
    if not found:
        return text
    place = rng.choice(found)
    letters = list(place[0])
    rng.shuffle(letters)
    return text[: place.start()] + bytes(letters) + text[place.end() :]


def _shuffle_lines(rng: random.Random, text: bytes) -> bytes:
    lines = text.split(b"\n")
    for _ in range(rng.randint(1, 3)):
        one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
        match rng.randrange(4):
            case 0:
                lines[one], lines[other] = lines[other], lines[one]
            case 1:
                lines.insert(other, lines[one])
            case 2:
                lines[one] = b""
            case _:
                lines[one] = b" " * rng.randint(0, 12) + lines[one].lstrip()
    return b"\n".join(lines)


def _insert_line(rng: random.Random, text: bytes) -> bytes:
    lines = text.split(b"\n")
    indent = b" " * rng.choice((0, 2, 4, 6, 8))
    lines.insert(rng.randint(0, len(lines)), indent + rng.choice(LINES).encode())
    return b"\n".join(lines)


def _repeat(rng: random.Random, text: bytes) -> bytes:
    start = rng.randint(0, len(text))
    part = text[start : start + rng.randint(1, 60)]
    return text[:start] + part * rng.randint(2, _MOST_REPEATS) + text[start:]


def _set_field(rng: random.Random, text: bytes) -> bytes:
    """Give a job, the defaults or an environment of either a field with some value."""
    document = _parsed(text)
    jobs = document.get("jobs") if isinstance(document, dict) else None
    if not isinstance(document, dict) or not isinstance(jobs, dict) or not jobs:
        return text
    holder = jobs[rng.choice(list(jobs))] if rng.random() < 0.8 else document.get("defaults")
    if not isinstance(holder, dict):
        return text
    if rng.random() < 0.2:
        overrides = holder.setdefault("environments", {})
        if isinstance(overrides, dict):
            holder = overrides.setdefault(rng.choice(("local", "dev", "prod", "nowhere")), {})
    if isinstance(holder, dict):
        field = rng.choice(list(FITTING))
        values = FITTING[field] if rng.random() < 0.8 else VALUES
        holder[field] = _parsed(rng.choice(values).encode())
    return _written(rng, document)


def _graft(rng: random.Random, text: bytes) -> bytes:
    """Put a part of the parsed document in another part's place, and write it as JSON."""
    document = _parsed(text)
    places = _places(document)
    if len(places) < 2:
        return text
    holder, key = rng.choice(places)
    source, index = rng.choice(places)
    nasty: Any = rng.choice(VALUES)
    grafted = json.loads(json.dumps(source[index]))
    holder[key] = grafted if rng.random() < 0.7 else nasty
    return _written(rng, document)


def _parsed(text: bytes) -> Any:  # noqa: ANN401 - any document
    """Return what JSON can hold of a text, None where it is not YAML."""
    try:
        document = yaml.load(text, Loader=yaml.CSafeLoader)
        return json.loads(json.dumps(document, default=str))
    except (yaml.YAMLError, TypeError, ValueError, RecursionError):
        return None


def _written(rng: random.Random, document: Any) -> bytes:  # noqa: ANN401 - any document
    """Return a document as JSON, which is YAML."""
    text = json.dumps(document, ensure_ascii=rng.random() < 0.5, indent=1)
    return text.encode("utf-8", "surrogatepass")


def _places(value: Any, depth: int = 0) -> list[tuple[Any, Any]]:  # noqa: ANN401 - any document
    """Return (holder, key) of everything inside a document."""
    if depth > 20:
        return []
    items = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    found = []
    for key, inner in items:
        found += [(value, key), *_places(inner, depth + 1)]
    return found


def _replace(rng: random.Random, text: bytes, pattern: re.Pattern[bytes], new: bytes) -> bytes:
    found = list(pattern.finditer(text))
    if not found:
        return text
    place = rng.choice(found)
    return text[: place.start()] + new + text[place.end() :]


def _noise(rng: random.Random) -> bytes:
    return rng.randbytes(rng.randint(0, 3000))


def _punctuation(rng: random.Random) -> bytes:
    return bytes(rng.choices(b"[]{}:,-?&*!|>'\"%@`# \n\tab1", k=rng.randint(0, 3000)))


def _deep(rng: random.Random) -> bytes:
    opening = rng.choice((b"[", b"{a: ", b"- ", b"a:\n ", b"? ", b'{"a":', b"[[", b"- - "))
    return opening * rng.choice((10, 100, 1000, 30_000, 100_000))


def _wide(rng: random.Random) -> bytes:
    line = rng.choice((b"a%d: 1\n", b"- %d\n", b"# %d\n", b"jobs: {a%d: {}}\n", b"? %d\n"))
    return b"".join(line % number for number in range(rng.choice((10, 1000, 20_000))))


def _bomb(rng: random.Random) -> bytes:
    levels = (
        b"a%d: &a%d [%s]" % (level, level, b", ".join([b"*a%d" % (level - 1)] * 9))
        for level in range(1, rng.randint(2, 40))
    )
    return b"\n".join((b"a0: &a0 [x, x, x, x]", *levels))


def _long_scalar(rng: random.Random) -> bytes:
    return b"version: " + rng.choice((b"x", b"9", b" ", b'"\\', b"-", b"\xc3\xa9")) * rng.choice(
        (100, 100_000, 3_000_000)
    )


def _many_jobs(rng: random.Random) -> bytes:
    job = b"  j%d: {description: d, owner: o, payload: {type: object}, idempotency: {key: [a]}}\n"
    head = b"version: 1\nproject: p\nenvironments: [a, b]\njobs:\n"
    return head + b"".join(job % number for number in range(rng.choice((1, 50, 300))))


_FROM_NOTHING = (_noise, _punctuation, _deep, _wide, _bomb, _long_scalar, _many_jobs)
_ROUGH: tuple[Mutation, ...] = (
    *(_flip_bytes, _insert_bytes, _cut, _truncate, _repeat, _shuffle_lines),
    *(_change_value, _change_key, _insert_line, _insert_line),
)
_SOUND: tuple[Mutation, ...] = (
    *(_set_field, _set_field, _set_field, _set_field, _graft, _graft),
    *(_change_value, _misspell_key),
)
