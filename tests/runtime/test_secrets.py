"""Secrets: kept for minutes, fetched anew where an old value may be why an attempt failed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest
from aws_lambda_powertools.utilities.parameters import SecretsProvider, base

from clarivum_jobs.core.context import Secrets
from clarivum_jobs.core.errors import SettingsError
from clarivum_jobs.testing import Deployment, World
from clarivum_jobs.worker import Worker
from tests.simulator.sample import JOB, Sample

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clarivum_jobs import JobContext

from clarivum_jobs import enqueue


class Store:
    """Secrets Manager with one secret."""

    def __init__(self) -> None:
        """Begin with a text."""
        self.answer: dict[str, Any] = {"SecretString": "old"}
        self.calls = 0

    def get_secret_value(self, **_: object) -> dict[str, Any]:
        """Return the value as of now."""
        self.calls += 1
        return self.answer


@pytest.fixture
def store() -> Iterator[Store]:
    """A store behind the provider that the library asks."""
    made = Store()
    with pytest.MonkeyPatch.context() as patch:
        provider = SecretsProvider(boto3_client=cast("Any", made))
        patch.setitem(vars(base)["DEFAULT_PROVIDERS"], "secrets", provider)
        yield made


SECRETS = Secrets({"key": "arn:key"})


def test_value_is_kept_and_can_be_fetched_anew(store: Store) -> None:
    """A call each attempt would cost; `fresh` looks past what is in memory."""
    assert [SECRETS("key") for _ in range(3)] == ["old"] * 3
    assert store.calls == 1
    store.answer = {"SecretString": "new"}

    assert SECRETS("key") == "old"
    assert SECRETS("key", fresh=True) == "new"
    assert SECRETS("key") == "new"
    assert SECRETS.anew("key", fresh=False) == "new"
    assert store.calls == 2


def test_binary_secret_is_never_turned_into_a_text_nobody_stored(store: Store) -> None:
    """It is told by its name, without its value."""
    store.answer = {"SecretBinary": b"\x00key\xff"}

    with pytest.raises(SettingsError, match=r"^secret key is binary: store it as text"):
        SECRETS("key")


@pytest.mark.parametrize("seed", range(20))
def test_rotation_that_revokes_the_old_value_at_once_costs_one_attempt(seed: int) -> None:
    """A warm worker has the old value in memory; its second attempt asks again."""
    seen: list[tuple[int, str]] = []
    valid = "old"

    def handle(_payload: Sample, context: JobContext) -> None:
        seen.append((context.attempt, context.secret("api-key")))
        if seen[-1][1] != valid:
            message = "401 from the provider"
            raise RuntimeError(message)

    with World(seed) as world:
        world.secrets.put("api-key", valid)
        world.deploy(Deployment(JOB, lambda: Worker(Sample, handle), secrets=("api-key",)))
        enqueue(Sample(name="before"))
        world.run(2)
        valid = "new"
        world.secrets.put("api-key", valid)
        enqueue(Sample(name="after"))
        world.settle()

        assert not world.dead_letters(JOB).messages
    assert seen == [(1, "old"), (1, "old"), (2, "new")]
