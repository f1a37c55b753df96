"""When a schedule fires: EventBridge Scheduler's expressions, read and computed without AWS.

Terraform's provider looks at the length of an expression and at nothing else, so this
package holds the grammar.
`cron`, `rate` and `at` parse one kind of expression each.
`fires` walks a cron expression through the local time of a zone.
`clock` finds the days on which that zone moves its clock.
`correct` proposes the expression that was probably meant.
"""

from generator.schedules.at import parse_at
from generator.schedules.clock import Affected, affected_fires
from generator.schedules.correct import corrected
from generator.schedules.cron import Cron, parse_cron
from generator.schedules.fires import next_fires, shortest_interval
from generator.schedules.problem import ExpressionError, Problem, Slip
from generator.schedules.rate import Rate, parse_rate
from generator.schedules.zones import load_zone, zone_problem

__all__ = [
    "Affected",
    "Cron",
    "ExpressionError",
    "Problem",
    "Rate",
    "Slip",
    "affected_fires",
    "corrected",
    "load_zone",
    "next_fires",
    "parse_at",
    "parse_cron",
    "parse_rate",
    "shortest_interval",
    "zone_problem",
]
