"""`docs/rules.md`: what every finding means, from the rules themselves."""

from generator.diagnostics import Severity
from generator.gate_rules import RULES
from generator.render.environment import fill
from generator.render.markdown import code, table
from generator.rules.run import all_facts


def rulebook() -> str:
    """Return the document about every rule."""
    facts = list(all_facts())
    warnings = [fact for fact in facts if fact.severity is Severity.WARNING]
    gate = table(
        ("rule", "what must hold", "what happens otherwise", "remedy"),
        ((code(rule.id), rule.what, rule.why, f"{rule.remedy}.") for rule in RULES.values()),
    )
    return fill("rulebook.md.j2", facts=facts, warnings=len(warnings), gate=gate)
