"""Whatever a person's upcaster does, the gate ends with a verdict that names the reason."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.compat import sandbox
from generator.compat.sandbox import Limits

pytestmark = pytest.mark.long

GIVEN = Path(__file__).parent / "given"
KEPT = '{**p, "channel": "shop" if p["channel"] == "phone" else p["channel"]}'
SOON = Limits(start=60, one=2, all=60)


def said(folder: Path, code: str, case: str = "up-prints") -> tuple[int, str]:
    """Return what the gate says about an upcaster."""
    for name in ("old.yaml", "new.yaml"):
        shutil.copy(GIVEN / case / name, folder)
    module = folder / "lambdas" / "handlers" / "upcasters" / "send_receipt.py"
    module.parent.mkdir(parents=True)
    module.write_text(code)
    paths = ["--against", str(folder / "old.yaml"), "--manifest", str(folder / "new.yaml")]
    result = CliRunner().invoke(main, ["compat", "--root", str(folder), *paths])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


@pytest.mark.parametrize(
    "code",
    [
        f"print('hello')\ndef from_1(p):\n    print('x' * 10**6)\n    return {KEPT}\n",
        f"import os\ndef from_1(p):\n    os.write(1, b'junk')\n    return {KEPT}\n",
        (
            "import threading, time\nthreading.Thread(target=time.sleep, args=(900,)).start()\n"
            f"def from_1(p):\n    return {KEPT}\n"
        ),
        (
            "import subprocess\nsubprocess.Popen(['sleep', '900'])\n"
            f"def from_1(p):\n    return {KEPT}\n"
        ),
        f"import sys\nsys.stdin.read()\ndef from_1(p):\n    return {KEPT}\n",
    ],
)
def test_noise_is_no_fault(code: str, tmp_path: Path) -> None:
    """Printing, threads and child processes beside a right answer change nothing."""
    assert said(tmp_path, code)[0] == 0


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("import sys; sys.exit(0)", "SystemExit: 0"),
        ("import os; os._exit(0)", "ended the process with status 0"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "status -11"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("return from_1(p)", "RecursionError"),
        ("return None", "a NoneType, not a map"),
        ("return [p]", "a list, not a map"),
        ("return {**p, 'n': float('nan')}", "whose n is nan"),
        ("return {**p, 'n': float('-inf')}", "whose n is -inf"),
        ("return {**p, 'n': {1, 2}}", "whose n is a set"),
        ("return {**p, 'n': [{'x': (1,)}]}", "whose n.0.x is a tuple"),
        ("return {**p, 1: 2}", "a payload that has the key 1"),
        ("return {}", "a payload that must give `id`"),
        ("raise ValueError('a\\n::error::b\\x1b[31m')", r"ValueError: a\n::error::b\x1b[31m"),
        ("return {**p, 'note': '\\ud800'}", "holds half of a surrogate pair"),
        ("return {**p, 'note': 'x', '\\udfff': 1}", "which is no text"),
        ("return {**p, 'n': -(10**4300)}", "has more than 4300 digits"),
        (
            "raise type('Odd', (Exception,), {'__str__': lambda self: 1 / 0})",
            "Odd: (it has no text)",
        ),
        ("raise ValueError('half \\ud800')", "ValueError: half ?"),
        ("return {**p, 'more': 'x' * 3_000_000}", "more than SQS carries"),
        ("p['p'] = p; return p", "nests deeper"),
        ("return {**p, 'channel': 'fax'}", "whose channel must be one of"),
    ],
)
def test_a_fault_is_a_verdict(body: str, reason: str, tmp_path: Path) -> None:
    """Refused, with the reason; never a traceback."""
    status, output = said(tmp_path, f"def from_1(p):\n    {body}\n")

    assert (status, reason in output) == (1, True), output


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("import nothing_like_it\n", "ModuleNotFoundError"),
        ("import sys; sys.exit(0)\n", "SystemExit: 0"),
        ("import os; os._exit(3)\n", "status 3"),
        ("def from_2(p): return p\n", "from_1"),
        ("def from_1(p: return p\n", "SyntaxError"),
        ("raise ValueError('no')\n", "ValueError: no"),
        ("import json\njson.dumps = lambda _: '{}'\ndef from_1(p): return p\n", "own channel"),
    ],
)
def test_a_module_that_cannot_be_used(code: str, reason: str, tmp_path: Path) -> None:
    """Its import is foreign code as well."""
    status, output = said(tmp_path, code)

    assert status == 1
    assert "upcaster-missing" in output
    assert reason in output


def test_one_that_never_returns_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The gate does not hang with it."""
    monkeypatch.setattr("generator.compat.upcasters.LIMITS", SOON)
    status, output = said(tmp_path, "def from_1(p):\n    while True: pass\n")

    assert status == 1
    assert "did not return within 2 seconds" in output


def test_the_first_fault_is_the_last(tmp_path: Path) -> None:
    """What takes long on every payload takes it once: the gate says one fault, and stops."""
    count = tmp_path / "calls"
    code = f"def from_1(p):\n    open({str(count)!r}, 'a').write('x')\n    return [p]\n"
    status, output = said(tmp_path, code)

    assert (status, "a list, not a map" in output) == (1, True)
    assert count.read_text() == "x"


def test_the_second_value_of_an_enum_is_tried(tmp_path: Path) -> None:
    """Other properties do not crowd it out."""
    code = "def from_1(p):\n    if p['z'] == 'b': raise ValueError\n    return p\n"
    status, output = said(tmp_path, code, "upcaster-crowded-out")

    assert (status, '"z": "b"' in output) == (1, True)


def test_defaults_leave_room_for_a_slow_machine() -> None:
    """Importing is given a minute, one payload ten seconds."""
    assert Limits(start=60, one=10, all=120) == sandbox.LIMITS
