"""What a handler prints is cleaned by the line, however many writes the line is made of."""

# ruff: noqa: T201 - what handlers do

import contextlib
import io
import itertools
import json
import logging
import pprint
import sys
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clarivum_jobs.privacy.output import end_lines, guard_output
from clarivum_jobs.privacy.sensitive import hiding
from tests.runtime.bench import Bench, body, log_lines, record
from tests.runtime.samples import ADDRESS

NAME = "Jane Q. O'Brien-Müller"


class _Bytes(io.BytesIO):
    """Bytes that can be read after their stream is gone."""

    def close(self) -> None:
        """Stay open."""


@contextlib.contextmanager
def _printed() -> Any:  # noqa: ANN401 - a context manager
    """Guard a stream that stands for Lambda's, bytes and all."""
    raw = _Bytes()
    with contextlib.redirect_stdout(io.TextIOWrapper(raw, encoding="utf-8", write_through=True)):
        guard_output()
        yield raw
        end_lines()


WAYS: list[Callable[[str], object]] = [
    print,
    lambda text: print(*text.split(" ")),
    lambda text: print(*text.split(" "), sep="\t"),
    lambda text: print(text.replace(" ", "\n")),
    lambda text: print({"name": text}, file=sys.stdout),
    lambda text: json.dump({"name": [text, 1.5]}, sys.stdout),
    lambda text: pprint.pp({"name": text, "n": list(range(40))}),
    lambda text: [print(one, end="") for one in text],
    lambda text: sys.stdout.writelines([text[:5], text[5:], "\n"]),
    lambda text: sys.stdout.buffer.write(f"said {text}\n".encode()),
    lambda text: sys.stdout.buffer.writelines([text[:3].encode(), text[3:].encode()]),
    lambda text: logging.StreamHandler(sys.stdout).emit(
        logging.LogRecord("own", logging.INFO, __file__, 1, "about %s", (text,), None)
    ),
]


@pytest.mark.parametrize("way", WAYS)
def test_value_is_hidden_however_it_is_written(way: Callable[[str], object]) -> None:
    """In one piece, word by word, letter by letter, as bytes."""
    with _printed() as raw, hiding(frozenset({NAME})):
        way(NAME)
        end_lines()

    told = raw.getvalue().decode()
    assert "Brien" not in told
    assert "[hidden]" in told


@settings(max_examples=40, deadline=None)
@given(
    cuts=st.lists(st.integers(0, 60), max_size=8),
    before=st.text(st.characters(categories=["L", "Zs"]), max_size=20),
    ended=st.booleans(),
)
def test_nothing_but_the_value_is_lost(cuts: list[int], before: str, *, ended: bool) -> None:
    """What stands around it is written in its order, whatever pieces it came in."""
    whole = f"{before}|{NAME}|after" + "\n" * ended
    with _printed() as raw, hiding(frozenset({NAME})):
        places = sorted({0, len(whole), *(cut for cut in cuts if cut < len(whole))})
        for begin, end in itertools.pairwise(places):
            sys.stdout.write(whole[begin:end])
        end_lines()

    assert raw.getvalue().decode() == f"{before}|[hidden]|after\n"


def test_line_without_an_end_is_written_before_it_is_all_of_the_memory() -> None:
    """A stream of letters is held back only so far."""
    with _printed() as raw:
        for _ in range(30):
            sys.stdout.write("." * 1000)
        assert len(raw.getvalue()) > 10_000


def test_begun_line_spoils_no_line_of_the_worker(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    """Metrics stand on a line of their own, which CloudWatch can read."""
    bench.handler.acts = lambda payload, _context: print("sent to", payload.email, end="")

    bench.run(record(body(), "m-1"))

    output = capsys.readouterr().out
    assert ADDRESS not in output
    assert "sent to [hidden]" in output
    lines = [line for line in output.splitlines() if line.startswith("{")]
    assert any("_aws" in json.loads(line) for line in lines)
    assert "job done" in output


def test_log_line_after_a_begun_line_can_be_read(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    """The job's own log lines are JSON, whatever was printed before them."""
    bench.handler.acts = lambda *_: print("50 %", end="")

    bench.run(record(body(), "m-1"))

    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("{")]
    assert "job done" in [each.get("message") for each in log_lines("\n".join(lines))]


def test_handlers_of_the_root_logger_are_guarded_once_each() -> None:
    """Lambda's own writes what others log; each event guards anew, and adds nothing."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    root, other = logging.getLogger(), logging.getLogger("somebody.else")
    root.addHandler(handler)
    try:
        for _ in range(3):
            guard_output()
        with hiding(frozenset({NAME})):
            other.error("about %s", NAME)
    finally:
        root.removeHandler(handler)

    assert len(handler.filters) == 1
    assert written.getvalue() == "about [hidden]\n"
