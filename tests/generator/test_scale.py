"""A manifest of any size: time and memory are bounded, ambition is not."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.figures import say
from tests.generator.shop import shop

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]
LONGEST_SECONDS = 30
"""Of processor time: a hundred times what a part of linear time needs for `MANY`."""
LARGEST_MIB = 500
MANY = int(os.environ.get("SCALE_MANY", "10000"))
"""Entries of one list: what is quadratic takes minutes for them."""


def jobs(count: int) -> list[str]:
    """Return the names of so many jobs."""
    return [f"job-{number}" for number in range(count)]


def one(properties: str = "id: {type: string}", required: str = "id", more: str = "") -> str:
    """Return a manifest of one job, with something at great length."""
    return (
        "version: 1\nproject: shop\nenvironments: [dev, prod]\njobs:\n  a:\n"
        "    description: d\n    owner: o\n    idempotency: {key: [id]}\n"
        f"    payload: {{type: object, required: [{required}], properties: {{{properties}}}}}\n"
        f"    {more}\n"
    )


def many(entry: Callable[[int], str], count: int = MANY) -> str:
    """Return so many entries, as a list or a map holds them."""
    return ", ".join(entry(number) for number in range(count))


_PERIOD = "timezone: Europe/Berlin, payload: {id: x}"
LONG: Mapping[str, str] = {
    "secrets": one(more=f"secrets: [{many(lambda n: f's{n}')}]"),
    "equal secrets": one(more=f"secrets: [{many(lambda _: 's')}]"),
    "targets": one(more=f"enqueues: [{many(lambda n: f'e{n}')}]"),
    "variables": one(more=f"variables: {{{many(lambda n: f'V{n}: x')}}}"),
    "permissions": one(
        more="permissions: [" + many(lambda _: "{actions: ['s3:*'], resources: ['*']}") + "]"
    ),
    "allowances": one(more=f"allow: [{many(lambda n: f'{{rule: r{n}, reason: x}}')}]"),
    "schedules": one(
        more="schedule: ["
        + many(lambda n: f"{{name: n{n}, cron: '{n % 60} 2 * * ? *', {_PERIOD}}}", MANY // 10)
        + "]"
    ),
    "broken schedules": one(
        more="schedule: ["
        + many(lambda n: f"{{name: n, cron: '{n} 2 * * * 1', timezone: Berli{n}}}", MANY // 10)
        + "]"
    ),
    "environments of a job": one(
        more=f"environments: {{{many(lambda n: f'x{n}: {{timeout: 20s}}')}}}"
    ),
    "unknown keys": one(more="\n    ".join(f"k{number}: 1" for number in range(MANY))),
    "properties": one(many(lambda n: f"p{n}: {{type: string}}"), "p1"),
    "wrong properties": one(many(lambda n: f"p{n}: {{type: str}}"), "p1"),
    "required": one(many(lambda n: f"q{n}: {{type: string}}"), many(lambda n: f"p{n}")),
    "choices": one(f"id: {{enum: [{many(lambda n: f'c{n}')}]}}"),
    "key": one().replace("[id]}\n    pay", f"[{many(lambda n: f'k{n}')}]}}\n    pay"),
    "environments": one().replace("[dev, prod]", f"[{many(lambda n: f'e{n}')}]"),
    "numbers for words": one().replace("[dev, prod]", f"[{many(lambda _: '1')}]"),
    "equal keys": f"jobs: {{{many(lambda _: 'a')}}}\n",
    "words of YAML 1.1": f"jobs: [{many(lambda _: 'yes')}]\n",
    "empty jobs": "jobs:\n" + "".join(f"  j{number}:\n" for number in range(MANY)),
}
"""One thing of each kind at great length, on one line where it can be."""


def judged(folder: Path, text: str) -> dict[str, Any]:
    """Return what judging a manifest found and took."""
    path = folder / "jobs.yaml"
    path.write_text(text, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "tests.generator.scale", str(path)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    answer: dict[str, Any] = json.loads(done.stdout)
    assert answer["seconds"] <= LONGEST_SECONDS
    assert answer["mib"] <= LARGEST_MIB
    return answer


def test_five_thousand_jobs_are_valid(tmp_path: Path) -> None:
    """Five thousand jobs of eight fields in four environments: 30 s and 500 MiB are plenty."""
    answer = judged(tmp_path, shop(jobs(5000)))
    say(f"validate of 5,000 jobs: {answer['seconds']} s, {answer['mib']} MiB")

    assert answer["valid"]
    assert answer["rules"] == ["account-concurrency", "account-quotas"]


def test_a_thousand_mistakes_are_told(tmp_path: Path) -> None:
    """A mistake in each of many jobs takes no more."""
    answer = judged(tmp_path, shop(jobs(1000), timeout="30m"))

    assert not answer["valid"]
    assert "timeout-range" in answer["rules"]


@pytest.mark.parametrize("name", LONG)
def test_no_list_takes_quadratic_time(name: str, tmp_path: Path) -> None:
    """Whatever there is very much of is judged in the time of reading it."""
    judged(tmp_path, LONG[name])


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("a: &a [x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(99)), "yaml-anchor"),
        ("[" * 1_000_000, "yaml-depth"),
        ("{a: " * 1_000_000, "yaml-depth"),
        ("- " * 1_000_000, "yaml-depth"),
        ("? " * 1_000_000, "yaml-depth"),
        ("- x\n" * 3_000_000, "file-too-many-values"),
        ("{" + "a, " * 3_000_000, "file-too-many-values"),
        ("a: " + "x" * 40_000_000, "file-too-large"),
    ],
    ids=["aliases", "brackets", "braces", "dashes", "marks", "items", "keys", "bytes"],
)
def test_a_bomb_ends_early(text: str, rule: str, tmp_path: Path) -> None:
    """What would blow up is refused by its rule, in bounded time and memory."""
    assert judged(tmp_path, text)["rules"] == [rule]
