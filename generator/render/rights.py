"""What a worker may do beside its own queue, records and log, in words."""

from collections.abc import Iterator

from generator.manifest.resolved import Reference, Text, Worker


def rights(worker: Worker) -> Iterator[str]:
    """Yield each action with what it is allowed on."""
    for secret in worker.job.secrets:
        yield f"secretsmanager:GetSecretValue on {secret}"
    prefix = worker.base.removesuffix(worker.job.name)
    for target in worker.job.enqueues:
        yield f"sqs:SendMessage on {prefix}{target}, and delays for it"
    for statement in worker.statements:
        conditions = [
            f"{c.key} {c.operator} {', '.join(map(shown, c.values))}" for c in statement.conditions
        ]
        under = f" if {' and '.join(conditions)}" if conditions else ""
        for action in statement.actions:
            for resource in statement.resources:
                yield f"{action} on {shown(resource)}{under}"


def anywhere(worker: Worker, name: str) -> str:
    """Return a name with its environment left open, so that it is the same one in each."""
    return name.replace(f"-{worker.environment}-", "-<env>-")


def shown(text: Text) -> str:
    """Return a text with what only Terraform knows as its placeholder."""
    return "".join(
        f"{{{part.name.lower()}}}" if isinstance(part, Reference) else part for part in text
    )
