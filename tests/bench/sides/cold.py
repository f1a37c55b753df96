"""A cold start: `python -I -S cold.py LAYER CODE ours|by-hand`, from what a deploy ships.

Alone among the sides it has no access to the repository: like a sandbox, it sees the layer and
the function's own zip, unpacked.
"""

import json
import sys
import time
from pathlib import Path

BEGAN = time.process_time()
LAYER, CODE, KIND = sys.argv[1:]
sys.path[:0] = [CODE, LAYER]


def ours() -> None:
    """Import an entry point and make its clients."""
    from clarivum_jobs.core import clients  # noqa: PLC0415 - the imports are what is measured

    __import__("generated.entrypoints.lead_enrichment")
    clients.sqs()
    clients.dynamodb()


def by_hand() -> None:
    """Import what Powertools' documents import for a batch with idempotency, and make clients."""
    import boto3  # noqa: PLC0415 - likewise
    from pydantic import BaseModel, create_model  # noqa: PLC0415 - likewise

    for module in ("idempotency", "batch"):
        __import__(f"aws_lambda_powertools.utilities.{module}")
    __import__("aws_lambda_powertools.metrics")
    fields = {f"field_{number}": (str, ...) for number in range(10)}
    create_model("Payload", __base__=BaseModel, **fields)  # type: ignore[call-overload] # as pydantic has it
    boto3.client("sqs")
    boto3.client("dynamodb")


if __name__ == "__main__":
    {"ours": ours, "by-hand": by_hand}[KIND]()
    seconds = time.process_time() - BEGAN
    byte_code = all(
        Path(module.__cached__).exists()
        for name, module in sys.modules.items()
        if name.partition(".")[0] in {"boto3", "pydantic"} and getattr(module, "__cached__", None)
    )
    work = {"clients": 2, "byte code": byte_code}
    told = {"modules": len(sys.modules)}
    sys.stdout.write(json.dumps({"seconds": seconds, "work": work, "told": told}) + "\n")
