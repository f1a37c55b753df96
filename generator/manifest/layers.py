"""Layers of settings, laid over each other.

From weakest to strongest: built in, `defaults`, the job,
`defaults.environments`, the job's `environments`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.manifest.model import DefaultsOverride, Job, Manifest, Part
from generator.manifest.source import Where

BUILT_IN: Mapping[str, Any] = {
    "compute": "lambda",
    "runtime": "python3.13",
    "architecture": "arm64",
    "timeout": "30s",
    "memory_size": 256,
    "ephemeral_storage": 512,
    "max_attempts": 5,
    "concurrency": 5,
    "batch_size": 1,
    "batch_window": "0s",
    "delay": "0s",
    "message_retention": "4d",
    "dead_letter_retention": "14d",
    "backoff": {"base": "10s", "cap": "15m"},
    "variables": {},
    "alarms": {
        "level": "full",
        "oldest_message": "2h",
        "errors": 1,
        "throttles": 1,
        "dead_letters": 1,
    },
    "log_retention": "30d",
    "log_level": "INFO",
    "log_format": "Text",
}
"""What holds if nobody says anything, spelt as a manifest would."""

_BUILT_IN = DefaultsOverride.model_validate(BUILT_IN)


@dataclass(frozen=True, slots=True)
class Layer:
    """One place that may set a value, and whether it speaks of the job itself."""

    settings: Part
    where: Where
    of_job: bool


@dataclass(frozen=True, slots=True)
class Layers:
    """Every layer that has a say about one job in one environment, weakest first."""

    layers: tuple[Layer, ...]

    @classmethod
    def of(cls, manifest: Manifest, name: str, job: Job, environment: str) -> "Layers":
        """Return the layers for a job in an environment."""
        found = [
            Layer(_BUILT_IN, (), of_job=False),
            Layer(manifest.defaults, ("defaults",), of_job=False),
            Layer(job, ("jobs", name), of_job=True),
        ]
        where: Where
        if environment in manifest.defaults.environments:
            where = ("defaults", "environments", environment)
            found.append(Layer(manifest.defaults.environments[environment], where, of_job=False))
        if environment in job.environments:
            where = ("jobs", name, "environments", environment)
            found.append(Layer(job.environments[environment], where, of_job=True))
        return cls(tuple(found))

    def say(self, *path: str) -> Iterator[tuple[Any, Where, bool]]:
        """Yield (value, where, of_job) of each layer that says something, weakest first."""
        for layer in self.layers:
            value: Any = layer.settings
            for part in path:
                value = getattr(value, part, None)
            if value is not None:
                yield value, (*layer.where, *path) if layer.where else (), layer.of_job

    def last(self, *path: str) -> tuple[Any, Where]:
        """Return the strongest word about `path`, and where it stands; built in is nowhere, ()."""
        *_, (value, where, _of_job) = self.say(*path)
        return value, where

    def merged(self, path: str) -> dict[str, tuple[Any, Where]]:
        """Return a map setting with each key's strongest value."""
        return {
            key: (value, (*where, key))
            for mapping, where, _ in self.say(path)
            for key, value in mapping.items()
        }
