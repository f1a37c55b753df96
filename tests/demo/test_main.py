"""The command around the demo: what it says by its exit status, and that it cleans up."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from envs.local.demo import __main__ as demo
from envs.local.demo.rows import Row
from envs.local.demo.stack import StackError

if TYPE_CHECKING:
    from collections.abc import Callable

GOOD = Row("cache-warming", "good", "1 done", "1", "3 pages hit once")
BAD = Row("cache-warming", "good", "2 done", "1", "6 hits", problems=("hits: expected 3, got 6",))


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Keep the command from touching this process or this tree; return what it took down."""
    taken: list[bool] = []
    monkeypatch.setattr(demo, "take_down", lambda _root: taken.append(True))
    monkeypatch.setattr(demo, "stay_on_this_machine", lambda _environment: None)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    return taken


def _invoke(monkeypatch: pytest.MonkeyPatch, run: Callable[..., Any]) -> tuple[int, str]:
    monkeypatch.setattr(demo, "_run", run)
    result = CliRunner().invoke(demo.main)
    return result.exit_code, result.output


def test_all_as_expected_exits_0(monkeypatch: pytest.MonkeyPatch, ended: list[bool]) -> None:
    """A good run says so, and nothing stays up."""
    status, output = _invoke(monkeypatch, lambda *_: ([GOOD], None))

    assert status == 0
    assert "3 pages hit once" in output
    assert ended == [True]


def test_a_failed_expectation_exits_1(monkeypatch: pytest.MonkeyPatch, ended: list[bool]) -> None:
    """One wrong row fails the command, which names job, case and difference."""
    status, output = _invoke(monkeypatch, lambda *_: ([GOOD, BAD], None))

    assert status == 1
    assert "✗ cache-warming (good): hits: expected 3, got 6" in output
    assert ended == [True]


@pytest.mark.parametrize(
    ("error", "status", "told"),
    [
        (StackError("the site did not start"), 2, "error[demo]: the site did not start"),
        (KeyboardInterrupt(), 130, "interrupted"),
    ],
)
def test_what_stops_it_is_told_and_cleaned_up(
    monkeypatch: pytest.MonkeyPatch,
    ended: list[bool],
    error: BaseException,
    status: int,
    told: str,
) -> None:
    """No traceback for what a person can mend or has asked for."""

    def fail(*_: object) -> None:
        raise error

    code, output = _invoke(monkeypatch, fail)

    assert code == status
    assert told in output
    assert "Traceback" not in output
    assert ended == [True]
