"""The desk's small parts: kinds of failures, what people write, and what is sent back to AWS."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import botocore.session
import pytest
from hypothesis import given
from hypothesis import strategies as st

from envs.desk import overrides, plans, sending, states, switches
from envs.desk.commands import changes
from envs.desk.commands.reading import since_iso
from envs.desk.errors import DeskError
from envs.desk.fingerprint import fingerprint, masked_reason
from tests.desk.worlds import place
from tests.simulator.sample import JOB

values = st.one_of(
    st.uuids().map(str),
    st.integers(0, 10**12).map(str),
    st.floats(0, 10**6).map(lambda number: f"{number:.3f}"),
    st.from_regex(r"https://[a-z]{1,9}\.example/[a-z0-9/]{0,20}", fullmatch=True),
    st.from_regex(r"[a-z]{1,9}@[a-z]{1,9}\.example", fullmatch=True),
    st.text("abc xyz", max_size=9).map(lambda text: f'"{text}"'),
)


@given(one=values, other=values, words=st.lists(st.sampled_from(["lead", "of", "timed", "out:"])))
def test_a_kind_does_not_depend_on_values(one: str, other: str, words: list[str]) -> None:
    """Values of one sort give one kind; masking a masked reason changes nothing."""
    first, second = (" ".join([*words, value, "is away"]) for value in (one, other))
    masked = masked_reason(first)

    assert masked_reason(masked) == masked
    assert one not in masked or one.isalpha()
    if masked == masked_reason(second):
        assert fingerprint("a", "c", first) == fingerprint("a", "c", second)
    else:
        assert fingerprint("a", "c", first) != fingerprint("a", "c", second)


def test_kinds_differ_by_job_code_and_words() -> None:
    """Nothing of the three is lost."""
    seen = {
        fingerprint(job, code, reason)
        for job in ("a", "b")
        for code in ("x", "y")
        for reason in ("", "no such lead", "no such page")
    }

    assert len(seen) == 12


@given(st.integers(0, 10**6), st.sampled_from(["", "s", "m", "h", "d"]))
def test_durations_are_read_as_the_manifest_writes_them(number: int, unit: str) -> None:
    """A number alone is seconds; what would outlast the calendar is refused."""
    wanted = number * {"m": 60, "h": 3600, "d": 86400}.get(unit, 1)

    if wanted > 3660 * 86_400:
        with pytest.raises(DeskError, match="ten years"):
            sending.seconds(f"{number}{unit}")
    else:
        assert sending.seconds(f"{number}{unit}") == wanted
        assert since_iso(f"{number}{unit}")


@pytest.mark.parametrize("text", ["", "-1", "1w", "1.5h", "ten", "1 h 2"])
def test_what_is_no_duration_is_told(text: str) -> None:
    """With what to write instead."""
    with pytest.raises(DeskError) as told:
        sending.seconds(text)

    assert "90s" in str(told.value)


def test_flags_are_read_by_their_properties() -> None:
    """Text stays text, the rest is JSON; hyphens may stand for underscores; flags win."""
    job = place().job(JOB)
    flags = ["--name", "7", "--fails=2", "--hopeless", "true"]

    assert sending.document(job, '{"name": "x"}', flags) == {
        "name": "7",
        "fails": 2,
        "hopeless": True,
    }


@pytest.mark.parametrize(
    ("data", "flags", "told"),
    [
        ("{", [], "--data:1:2: no JSON"),
        ("[]", [], "no JSON object"),
        ("@/nowhere/at/all", [], "cannot read"),
        ("", ["--nmae", "x"], "no property `nmae`"),
        ("", ["--name"], "has no value"),
        ("", ["name"], "belongs to no option"),
    ],
)
def test_what_cannot_be_sent_is_told(data: str, flags: list[str], told: str) -> None:
    """Before anything is asked of AWS."""
    with pytest.raises(DeskError, match=told):
        sending.document(place().job(JOB), data, flags)


def test_a_file_holds_the_payload_and_its_mistakes_have_a_place(tmp_path: Path) -> None:
    """A mistake is told with file, line and column."""
    path = tmp_path / "one.json"
    path.write_text('{\n  "name": x}')
    with pytest.raises(DeskError, match=r"one\.json:2:11: no JSON"):
        sending.document(place().job(JOB), f"@{path}", [])
    path.write_text('{"name": "x"}')

    assert sending.document(place().job(JOB), f"@{path}", []) == {"name": "x"}


def test_a_job_that_is_not_there_has_a_near_one() -> None:
    """A slip is answered with what was meant."""
    with pytest.raises(DeskError, match="there is no job") as told:
        place().job("smaple")

    assert "did you mean `sample`?" in str(told.value)


MODEL = botocore.session.get_session().get_service_model("scheduler")
UPDATE, GET = MODEL.operation_model("UpdateSchedule"), MODEL.operation_model("GetSchedule")
assert UPDATE.input_shape is not None
assert GET.output_shape is not None
FIELDS = set(UPDATE.input_shape.members) - {"ClientToken"}
READ = set(GET.output_shape.members)


@given(st.sets(st.sampled_from(sorted(READ))), st.sampled_from(["ENABLED", "DISABLED"]))
def test_a_schedule_keeps_every_field_but_its_state(there: set[str], state: str) -> None:
    """`UpdateSchedule` resets what is left out: all that it takes and was read is sent back."""
    found: dict[str, Any] = {name: f"value of {name}" for name in there}
    sent = switches.again(found, state)

    assert set(switches.WRITABLE) == FIELDS
    assert sent == {**{n: v for n, v in found.items() if n in FIELDS}, "State": state}


@given(
    state=st.sampled_from(["Enabled", "Disabled", "Disabling", "Updating", "none"]),
    reason=st.sampled_from(["", "USER_INITIATED", "Function not found"]),
    ends=st.none() | st.integers(-5, 5),
    written=st.none() | st.integers(-5, 5),
)
def test_a_state_has_one_finding_at_most(
    state: str, reason: str, ends: int | None, written: int | None
) -> None:
    """What is off without a pause, on despite one, or off for too long is told; no more."""
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    live = switches.Mapping("" if state == "none" else "uuid", state, reason)
    pause, job = None, place().job(JOB)
    if ends is not None:
        until = (now + dt.timedelta(hours=ends)).isoformat()
        pause = overrides.Override(JOB, until, "anna", "INC-42")
    if written is not None:
        until = (now + dt.timedelta(hours=written)).isoformat()
        job = replace(job, state="paused", until=until, why="It migrates.")
    told = states.finding(job, live, pause, now)
    on = state in {"Enabled", "Updating"}
    left = ends if ends is not None else written

    assert (told == "") == ((left is None and on) or (left is not None and left > 0 and not on))
    assert told.count("\n") == 0
    if ends is not None and ends <= 0:
        assert "anna" in told


def test_a_parameter_says_who_why_and_until_when() -> None:
    """It is read back as it was written."""
    pause = overrides.Override(JOB, "2026-01-01T00:00:00+00:00", "anna", "INC-42")
    told = json.loads(json.dumps({"until": pause.until, "by": pause.by, "why": pause.why}))

    assert overrides.Override(JOB, **told) == pause


@pytest.mark.parametrize("dry_run", [False, True])
@pytest.mark.parametrize("state", ["draining", "retired"])
def test_nothing_new_is_sent_to_a_job_that_is_closed(state: str, *, dry_run: bool) -> None:
    """The desk is a producer like any other, and a trial says what would be."""
    there = place()
    closed = replace(there.job(JOB), state=state)
    there = replace(there, jobs={JOB: closed})

    with pytest.raises(DeskError, match="takes nothing new") as caught:
        sending.send(there, closed, {"name": "n"}, sending.How(dry_run=dry_run))
    assert (caught.value.rule, caught.value.status) == ("job_closed", 1)


def test_what_the_manifest_pauses_is_not_resumed_by_hand() -> None:
    """The next deploy would pause it again."""
    there = place()
    job = replace(there.job(JOB), state="paused", until="2026-11-28T14:00Z", why="It migrates.")

    with pytest.raises(DeskError, match=r"until 2026-11-28T14:00Z: It migrates\."):
        states.resume(there, job)


_FILES = st.one_of(
    st.binary(max_size=60),
    st.text(max_size=60).map(str.encode),
    st.integers(900, 60_000).map(lambda depth: b"[" * depth),
    st.integers(900, 60_000).map(lambda depth: b'{"name":' * depth + b"1" + b"}" * depth),
)


@given(content=_FILES)
def test_a_file_that_is_nothing_of_ours_is_told(content: bytes) -> None:
    """A payload, a plan and a patch: whatever the bytes, it ends in words or is taken."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file")
        path.write_bytes(content)
        with contextlib.suppress(DeskError):
            sending.document(place().job(JOB), f"@{path}", [])
        with pytest.raises(DeskError):
            plans.read(path)
        with contextlib.suppress(DeskError):
            assert isinstance(changes.patch_of(path), dict)


@pytest.mark.parametrize("delay", [367 * 86_400, 10**9])
def test_a_trial_refuses_the_delay_that_sending_would(delay: int) -> None:
    """Whoever tries first learns all of it."""
    there = place()

    with pytest.raises(DeskError, match="delay must be"):
        sending.send(there, there.job(JOB), {"name": "n"}, sending.How(delay, dry_run=True))
