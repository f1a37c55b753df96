"""What a rule is, and the one list of all of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from generator.diagnostics import Severity
from generator.manifest import model
from generator.manifest.resolved import Job, Manifest, Worker
from generator.manifest.source import Where

Subject = TypeVar("Subject")


@dataclass(frozen=True, slots=True)
class Violation:
    """One place where a rule does not hold.

    Attributes:
        where: The place in the manifest.
        message: What is wrong there, without a full stop.
        hint: What to do about it; the rule's remedy if empty.
        key: Whether the key at the place is meant, not its value.
        offset: Characters into the value at which the mistake begins.
    """

    where: Where
    message: str
    hint: str = ""
    key: bool = False
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Whole:
    """The whole manifest, as written and as resolved."""

    written: model.Manifest
    resolved: Manifest


@dataclass(frozen=True, slots=True)
class Fact:
    """What a finding is about, for people.

    Attributes:
        id: Stable name, in kebab-case.
        what: What must hold.
        why: What happens otherwise.
        remedy: What to do when it does not hold.
        source: Who says so.
        severity: Whether a violation stops.
    """

    id: str
    what: str
    why: str
    remedy: str
    source: str
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class Rule(Generic[Subject]):
    """One fact, checked.

    Attributes:
        fact: What the rule says.
        check: Yields the violations of one subject.
    """

    fact: Fact
    check: "Check[Subject]"


Check: TypeAlias = Callable[[Subject], Iterator[Violation]]


class Registry(Generic[Subject]):
    """The rules about one kind of subject."""

    def __init__(self) -> None:
        """Start without rules."""
        self.rules: list[Rule[Subject]] = []

    def __call__(  # noqa: PLR0913 - a rule says that many things about itself
        self,
        name: str,
        *,
        what: str,
        why: str,
        remedy: str,
        source: str,
        severity: Severity = Severity.ERROR,
    ) -> Callable[[Check[Subject]], Check[Subject]]:
        """Return a decorator that registers a check under a name."""
        fact = Fact(name, what, why, remedy, source, severity)

        def register(check: Check[Subject]) -> Check[Subject]:
            self.rules.append(Rule(fact, check))
            return check

        return register


worker_rule: Registry[Worker] = Registry()
"""Rules about one job in one environment."""

job_rule: Registry[Job] = Registry()
"""Rules about what is the same in every environment."""

whole_rule: Registry[Whole] = Registry()
"""Rules about several jobs at once, and about what resolving leaves behind."""
