"""Words that people bring from other tools, and the manifest's word for the same thing."""

import re
from collections.abc import Collection, Mapping

from generator.manifest import amends
from generator.manifest.flow import entry

_WORDS: Mapping[str, str] = {
    "max_attempts": "attempts max_receive_count maxreceivecount max_attempt receive_count",
    "memory_size": "memory memory_mb mem ram memorysize memory_limit",
    "ephemeral_storage": "tmp disk storage tmp_size disk_size ephemeral_storage_size",
    "variables": "env environment env_vars environment_variables vars envs",
    "environments": "env environment envs stages stage deployments",
    "payload": "input schema body message params parameters args arguments data properties_schema",
    "owner": "team maintainer owners contact author",
    "description": "desc summary title about doc",
    "schedule": "schedules crons trigger triggers timer when events",
    "permissions": "role iam policy policies iam_policy statements grants permission",
    "visibility_timeout": "visibility visibilitytimeout invisibility",
    "message_retention": "message_ttl ttl retention_period message_retention_period",
    "concurrency": "max_concurrency parallelism maximum_concurrency workers",
    "reserved_concurrency": "reserved_concurrent_executions reserved reservation",
    "batch_size": "batch batchsize",
    "batch_window": "batch_timeout window batching_window",
    "delay": "delay_seconds initial_delay",
    "timeout": "timeout_seconds max_duration time_limit",
    "secrets": "secret secrets_manager",
    "runtime": "python python_version language",
    "architecture": "arch platform",
    "compute": "launch_type compute_type compute_platform runs_on",
    "log_retention": "logs log_days log_retention_days retention_in_days",
    "log_level": "loglevel logging verbosity",
    "log_format": "logformat logging_format log_style",
    "alarms": "alarm alerts alert monitoring",
    "enqueues": "enqueue sends sends_to publishes calls",
    "backoff": "retry_delay back_off retry_backoff",
    "timezone": "tz time_zone zone",
    "cron": "cron_expression expression crontab",
    "rate": "every interval period",
    "at": "time run_at once",
    "actions": "action",
    "resources": "resource",
    "conditions": "condition where when if",
    "allowed_changes": "exceptions waivers exemptions allowed breaking_changes",
    "until": "expires expiry expires_at expires_on expiry_date deadline valid_until",
    "lifecycle": "status life_cycle phase",
    "key": "keys fields idempotency_key unique_by",
    "project": "app service application",
    "jobs": "tasks queues functions",
    "defaults": "default common globals",
    "version": "apiversion api_version",
}
_KEYS = tuple((word, key) for key, words in _WORDS.items() for word in words.split())

_ONE_MORE = frozenset({"retries", "retry", "max_retries", "retry_count", "retry_attempts"})
_OF_THE_KEY = frozenset(
    {"idempotency_key", "unique_key", "dedup", "dedupe", "dedup_key", "unique", "unique_by"}
)
_NEEDLESS: Mapping[str, str] = {
    **dict.fromkeys(
        ("dlq", "dead_letter", "dead_letter_queue", "deadletter", "dead_letters", "redrive"),
        "leave it out: every job has a dead-letter queue; `dead_letter_retention: 14d` says how "
        "long it keeps what failed",
    ),
    **dict.fromkeys(
        ("handler", "entrypoint", "entry_point", "function", "code", "module"),
        "leave it out: the handler of a job is lambdas/handlers/<name of the job>.py",
    ),
    **dict.fromkeys(
        ("queue", "queue_name", "queue_url", "function_name"),
        "leave it out: names are made of project, environment and job",
    ),
    "name": "leave it out: the key above it is the name",
    **dict.fromkeys(
        ("region", "account_id", "profile"), "write it into envs/<name>/terraform.tfvars"
    ),
    "disabled": "write `enabled: false`",
    **dict.fromkeys(
        ("fifo", "ordered", "ordering", "message_group_id"),
        "leave it out: the queues are standard ones, which keep no order",
    ),
    **dict.fromkeys(
        ("cpu", "cpus", "vcpu", "vcpus", "cores"),
        "leave it out: a function has CPU as it has memory, so raise `memory_size`",
    ),
    **dict.fromkeys(
        ("layers", "requirements", "dependencies", "packages"),
        "leave it out: what a handler imports is packed with it",
    ),
    **dict.fromkeys(
        ("depends_on", "needs", "after", "next", "then", "on_success"),
        "leave it out: a handler sends the job that follows, and `enqueues` lists that one's name",
    ),
    **dict.fromkeys(
        ("priority", "weight"), "leave it out: give urgent work a job, and so a queue, of its own"
    ),
    **dict.fromkeys(
        ("tags", "labels"),
        "leave it out: everything is tagged with project, environment, job and owner",
    ),
    **dict.fromkeys(
        ("vpc", "vpc_config", "subnets", "subnet_ids", "security_groups"),
        "leave it out: workers run outside of any VPC",
    ),
}


_DURATIONS = frozenset(
    {"timeout", "visibility_timeout", "batch_window", "delay", "message_retention", "log_retention"}
)
_LISTS = frozenset({"secrets", "enqueues", "actions", "resources", "key", "environments"})


_MAPS: Mapping[str, object] = {
    "alarms": {"errors": 1},
    "backoff": {"base": "10s", "cap": "15m"},
    "lifecycle": {"state": "paused"},
    "variables": {"SITE_BUCKET": "{project}-{environment}-site"},
}
_LONGEST_ENTRY = 80


def _written(key: str, value: object) -> str:
    """Return the entry to write, its value in the manifest's form too."""
    if key in _MAPS and not isinstance(value, dict):
        return amends.mapped(key, value, _MAPS[key])
    if isinstance(value, dict) or value is None:
        whole = entry(key, value)
        return f"write `{whole if value and len(whole) <= _LONGEST_ENTRY else key}`"
    if key in _DURATIONS:
        return amends.duration(key, value) if not _is_duration(value) else f"write `{key}: {value}`"
    if key in amends.MEGABYTES:
        return amends.whole_number(key, value) or f"write `{key}`"
    if key in _LISTS and not isinstance(value, list):
        return amends.listed(key, value, None)
    return f"write `{entry(key, value)}`"


def _is_duration(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"\d+[smhd]", value) is not None


def instead(word: str, value: object, known: Collection[str]) -> str:
    """Return what to write instead of a key that people bring; nothing if it is unheard of.

    Args:
        word: The key.
        value: What stands there.
        known: The keys of the place.
    """
    plain = word.lower().replace("-", "_")
    if plain in _ONE_MORE and "max_attempts" in known:
        if isinstance(value, int) and not isinstance(value, bool):
            return f"write `max_attempts: {value + 1}`: the first attempt counts"
        told = isinstance(value, dict) and isinstance(value.get("max_attempts"), int)
        number = f": {value['max_attempts']}" if isinstance(value, dict) and told else ""
        return f"write `max_attempts{number}`: the first attempt counts"
    if plain in _OF_THE_KEY and "idempotency" in known:
        fields = value if isinstance(value, list) else [value]
        return f"write `{entry('idempotency', {'key': fields})}`"
    for spelling, key in _KEYS:
        if plain == spelling and key in known:
            return _written(key, value)
    return _NEEDLESS.get(plain, "")
