"""Runs one upcaster on a list of payloads: a program of its own, which imports a person's code.

Called as `upcast.py <module> <function>`, JSON in and JSON out.
"""

import importlib
import json
import sys


def main() -> None:
    """Answer each payload with its next version, or with the error that the upcaster raised."""
    module, name = sys.argv[1:]
    try:
        function = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError) as error:
        sys.exit(str(error))
    answers = []
    for document in json.load(sys.stdin):
        try:
            answers.append({"value": function(document)})
        except Exception as error:  # noqa: BLE001 - whatever a person's code raises is the answer
            answers.append({"error": f"{type(error).__name__}: {error}"})
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
