"""The verbs that act on something that runs: where each is, and what `--help` says of it.

A row is all that a verb of another room needs to be reached as `clarivum VERB`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One verb.

    Attributes:
        name: What people type.
        where: `module:attribute` of its click command, loaded when it is asked for.
        told: One line of help; loading every verb for its help would take seconds.
    """

    name: str
    where: str
    told: str


ROWS = (
    Row("dev", "envs.local.loop.command:dev", "Run everything here and follow your edits."),
    Row("send", "envs.desk.commands.send:send", "Enqueue one message, validated."),
    Row("runs", "envs.desk.commands.reading:runs", "List what changed last."),
    Row("show", "envs.desk.commands.reading:show", "Show what is on record of one enqueue."),
    Row("logs", "envs.desk.commands.reading:logs", "Print what workers said, all jobs in one."),
    Row("dlq", "envs.desk.commands.dead:dlq", "List, plan and apply: dead letters."),
    Row("console", "envs.console.command:console", "Show all of it in a browser."),
    Row("states", "envs.desk.commands.living:states", "Show where every job stands."),
    Row("pause", "envs.desk.commands.living:pause", "Stop a job for a time."),
    Row("resume", "envs.desk.commands.living:resume", "Let a paused job go on."),
    Row("schedule", "envs.desk.commands.schedule:schedule", "Next fires, and a run now."),
    Row("drain", "envs.desk.commands.living:drain", "Show what still waits for a job."),
    Row("drift", "envs.drift.commands:drift", "Show what Terraform would change, by job."),
    Row("live", "envs.drift.commands:live", "Hold what AWS says against the manifest."),
    Row("retire", "envs.desk.commands.living:retire", "Show what is left before a job may go."),
)
"""In the order of `--help`."""
