"""What a function prints is in its log to the last line, however late the lines come."""

from __future__ import annotations

import json
import queue
import threading
import time
import types
from typing import Any

import pytest

from envs.local.engine import output
from envs.local.engine.clients import ACCOUNT, Aws
from tests.envs import deployed

CODE = """
import os, sys

def handle(event, context):
    for number in range(event["lines"]):
        print("line", number)
    sys.stdout.write(event["rest"])
    if event["rest"] == "exit":
        os._exit(3)
    if event["rest"] == "raise":
        raise LookupError("as it was asked to")
    return event["lines"]
"""


def worker(runtime: str, thread: threading.Thread, lines: queue.Queue[str]) -> Any:  # noqa: ANN401 - the emulator's
    """Return what the emulator keeps of a function's process, as far as it is looked at."""
    config = {"Runtime": runtime}
    return types.SimpleNamespace(config=config, _stderr_thread=thread, _stderr_queue=lines)


@pytest.mark.parametrize("mark", [True, False])
def test_lines_that_come_late_are_read(mark: bool) -> None:  # noqa: FBT001 - both
    """Up to the mark, or until the process is gone; longer than the emulator waits by itself."""
    lines: queue.Queue[str] = queue.Queue()

    def write() -> None:
        for text in ("one", "two", "", *([output.END] if mark else [])):
            time.sleep(0.2)
            lines.put(text)

    thread = threading.Thread(target=write)
    thread.start()
    read = output.reading(lambda *_: "the emulator's own")

    assert read(worker("python3.13", thread, lines)) == "one\ntwo"
    assert read(worker("nodejs22.x", thread, lines)) == "the emulator's own"
    thread.join()


def test_another_program_is_not_changed_blindly() -> None:
    """A newer emulator's is looked at first."""
    with pytest.raises(ValueError, match="has changed"):
        output.marking("def run(): ...")


def test_a_log_holds_what_its_function_printed_and_no_mark(aws: Aws) -> None:
    """Many lines, one that is not ended, an error, an end of the process; each in its own run."""
    aws.functions.create_function(
        FunctionName="prints",
        Role=f"arn:aws:iam::{ACCOUNT}:role/any",
        Runtime="python3.13",
        Handler="handler.handle",
        Code={"ZipFile": deployed.code(CODE)},
        Timeout=60,
    )
    events = [(3, "rest"), (500, ""), (2, "raise"), (1, "exit"), (2, "rest")]
    for lines, rest in events:
        payload = json.dumps({"lines": lines, "rest": rest}).encode()
        aws.functions.invoke(FunctionName="prints", Payload=payload)
    pages = aws.logs.get_paginator("filter_log_events").paginate(logGroupName="/aws/lambda/prints")
    told = "\n".join(event["message"] for page in pages for event in page["events"])

    printed = [line for line in told.splitlines() if line.startswith(("line ", "rest", "raise"))]
    wanted = [
        text for lines, rest in events for text in (*map("line {}".format, range(lines)), rest)
    ]
    assert [line for line in printed if line] == [
        text for text in wanted if text not in {"", "exit"}
    ]
    assert output.END not in told
