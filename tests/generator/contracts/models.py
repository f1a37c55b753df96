"""Generated models, made from a schema in memory and asked for their verdict."""

import itertools
import sys
from collections.abc import Mapping
from types import ModuleType
from typing import Any

from clarivum_jobs.contract.payload import Payload
from clarivum_jobs.contract.reading import read_strictly, read_tolerantly
from clarivum_jobs.core.errors import InvalidPayloadError
from generator.contracts import types
from generator.contracts.schema import read_payload
from generator.manifest.resolved import Job
from generator.render.payload import payload

_numbers = itertools.count()


class RefusedError(Exception):
    """A schema is outside the subset.

    Attributes:
        keywords: The last part of the place of each complaint, and its rule.
    """

    def __init__(self, reasons: tuple[str, ...]) -> None:
        """Remember each complaint's rule and what it is about."""
        super().__init__("; ".join(reasons))
        self.reasons = reasons


def type_of(schema: Mapping[str, Any]) -> types.Object:
    """Return the field model of a payload's schema.

    Raises:
        RefusedError: The schema is outside the subset.
    """
    kind, complaints = read_payload(schema)
    if complaints:
        raise RefusedError(tuple(f"{c.rule}: {c.message}" for c in complaints))
    return kind


def source_of(kind: types.Object) -> str:
    """Return the module that is generated for a payload."""
    job = Job(
        name="sample-job",
        module="sample_job",
        class_name="SampleJob",
        description="A job of the tests.",
        owner="tests",
        payload=kind,
        key=(),
        contract=1,
        secrets=(),
    )
    return payload(job)


def model_of(kind: types.Object) -> type[Payload]:
    """Return the generated class of a payload, imported."""
    module = ModuleType(f"sample_{next(_numbers)}")
    sys.modules[module.__name__] = module
    exec(compile(source_of(kind), module.__name__, "exec"), module.__dict__)  # noqa: S102 - ours
    model: type[Payload] = module.SampleJob
    return model


def forget(model: type[Payload]) -> None:
    """Drop a generated module."""
    del sys.modules[model.__module__]


def producer_takes(model: type[Payload], document: Mapping[str, object]) -> bool:
    """Say whether a payload may be enqueued."""
    try:
        read_strictly(model, document)
    except InvalidPayloadError:
        return False
    return True


def worker_takes(model: type[Payload], document: Mapping[str, object]) -> bool:
    """Say whether a payload in a message reaches its handler."""
    try:
        read_tolerantly(model, document)
    except InvalidPayloadError:
        return False
    return True
