"""`docs/rules.md`: what every finding means, from the rules themselves."""

from generator.diagnostics import Severity
from generator.render.environment import fill
from generator.rules.run import all_facts


def rulebook() -> str:
    """Return the document about every rule."""
    facts = list(all_facts())
    warnings = [fact for fact in facts if fact.severity is Severity.WARNING]
    return fill("rulebook.md.j2", facts=facts, warnings=len(warnings))
