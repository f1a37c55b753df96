"""Runs one upcaster on payloads: a program of its own, which imports a person's code.

Called as `upcast.py <module> <function> <inputs> <descriptor>`. Inputs are a JSON list in a file;
each answer is a line of JSON on the descriptor, which is no standard stream: what the code prints
goes elsewhere. The first line says whether the function was found,
the first fault is the last.
"""

import importlib
import json
import math
import os
import sys

_DEEPEST = 100
_LONGEST = 2_000_000
_DIGITS = 4300
_LARGEST = 10**_DIGITS


def main() -> None:
    """Answer each payload with its next version, or with what is wrong with the answer."""
    module, name, inputs, descriptor = sys.argv[1:]
    with open(inputs, encoding="utf-8") as file:  # noqa: PTH123 - few imports: it runs beside another's
        documents = json.load(file)
    channel = int(descriptor)
    try:
        function = getattr(importlib.import_module(module), name)
    except BaseException as error:  # noqa: BLE001 - a module may even exit when it is imported
        _say(channel, {"error": _said(error)})
        os._exit(0)
    _say(channel, {"ready": True})
    for document in documents:
        answer = _answer(function, document)
        _say(channel, answer)
        if "value" not in answer:
            break
    # Threads of the upcaster's may be alive, and would keep the process so.
    os._exit(0)


def _answer(function: object, document: object) -> dict[str, object]:
    try:
        value = function(document)  # type: ignore[operator] # that it can be called is tried here
    except BaseException as error:  # noqa: BLE001 - whatever a person's code raises is the answer
        return {"error": _said(error)}
    if not isinstance(value, dict):
        return {"fault": f"a {type(value).__name__}, not a map"}
    fault = _fault(value, "", 0)
    return {"fault": fault} if fault else {"value": value}


def _fault(value: object, path: str, depth: int) -> str:
    """Return what in a value is no JSON, empty if all of it is."""
    whose = f"whose {path}" if path else "that"
    if depth > _DEEPEST:
        return f"a payload that nests deeper than {_DEEPEST} levels at {path[:80]}"
    parts: list[tuple[object, object]] = []
    if isinstance(value, dict):
        strange = [key for key in value if not isinstance(key, str) or not _is_text(key)]
        if strange:
            return f"a payload {whose} has the key {strange[0]!a}, which is no text"
        parts = list(value.items())
    elif isinstance(value, list):
        parts = list(enumerate(value))
    elif fault := _fault_of_one(value):
        return f"a payload {whose} {fault}"
    faults = (_fault(part, f"{path}.{name}".lstrip("."), depth + 1) for name, part in parts)
    return next((fault for fault in faults if fault), "")


def _fault_of_one(value: object) -> str:
    """Return why a value that holds no others is no JSON, or none that a worker reads."""
    match value:
        case float() if not math.isfinite(value):
            return f"is {value}, which is no JSON"
        case int() if abs(value) >= _LARGEST:
            return f"has more than {_DIGITS} digits, which nobody reads"
        case str() if not _is_text(value):
            return "holds half of a surrogate pair, which is no text"
        case None | str() | int() | float():
            return ""
        case _:
            return f"is a {type(value).__name__}, which is no JSON"


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _said(error: BaseException) -> str:
    try:
        text = str(error)[:500].encode(errors="replace").decode()
    except BaseException:  # noqa: BLE001 - the text of an error is a person's code, too
        text = "(it has no text)"
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _say(channel: int, answer: dict[str, object]) -> None:
    text = json.dumps(answer)
    if len(text) > _LONGEST:
        text = json.dumps({"fault": f"a payload of {len(text):,} bytes, more than SQS carries"})
    data = text.encode() + b"\n"
    while data:
        data = data[os.write(channel, data) :]


if __name__ == "__main__":
    main()
