"""Values and lines that have broken parsers before."""

from collections.abc import Mapping

VALUES: tuple[str, ...] = (
    *("", "~", "null", "true", "yes", "no", "on", "off", "0", "-1", "1", "2", "1000", "1001"),
    *("12:30:45", "0x1F", "0o17", "017", "1_000", "1e400", "-.inf", ".nan", "1.5", "+1", "<<", "="),
    *("99999999999999999999", "999999999", "9" * 400, "-0", "1e18", "123456789012345678"),
    *('""', "''", '"\\0"', '"\\ud800"', '"\\U0010FFFF"', '"\\x7f"', "'\u2028'", '"\u202e"'),
    *("[]", "{}", "[[]]", "[{}]", "{a: {}}", "[null]", "{null: null}", "[" * 50, "{a: " * 50),
    *("&a [*a]", "*a", "&a x", "!!python/object:os.system x", "!!binary aGk=", "!x y", "!!set {a}"),
    *("2027-03-01", "2027-03-01T06:00:00", "2027-03-01T06:00:00Z", "2027-03-28T02:30:00"),
    *("0s", "60s", "15m", "12h", "14d", "999999999d", "-5m", "1.5h", "10 m", "5", "1w", "60S"),
    *(
        '"0 9 * * 1-5"',
        '"0 9 ? * MON *"',
        '"*/5 * * * ? *"',
        '"0 0 31 FEB ? *"',
        "@daily",
        "'@daily'",
    ),
    *('"30 2 * * ? *"', '"* * * * ? *"', '"0 9 ? * 0 *"', '"0 9 ? * 3#6 *"', '"0/0 * * * ? 9999"'),
    *("1 minute", "5 minutes", "0 days", "1 minutes", "999999999 days", "Europe/Berlin", "Berlin"),
    *(
        "EST",
        "Etc/GMT+2",
        "UTC",
        "../../etc/passwd",
        "{account}",
        "{nobody}",
        "{{",
        "}",
        "{project}",
    ),
    *("python2.7", "python3.13", "nodejs20.x", "arm64", "x86_64", "local", "prod", "a-b", "A_b"),
    *("x" * 65, "x" * 300, "x" * 5000, "x-" * 100, "lead-enrichment-dlq", "platform", "class"),
    *("(a+)+$", '"[a"', '"(?<=a)b"', "uuid", "email", "object", "array", "string", "integer"),
    *("{base: 1s, cap: 15m}", "{base: 15m, cap: 1s}", "{oldest_message: 1m}", "{errors: 0}"),
    *(
        "{key: [lead_id]}",
        "{key: [nothing]}",
        "{key: [lead_id], retention: 1s}",
        "{retention: 60d}",
    ),
    *("{A_B: x}", "{AWS_REGION: x}", '{A_B: "{account}"}', '{A_B: "{x}"}', "{API_KEY: x}"),
    *("[crm-key]", "[crm-key, crm-key]", '["a b"]', "[crm-abcdef]"),
    *("[{actions: ['s3:*'], resources: ['*']}]", "[{actions: [x], resources: [y]}]"),
    *("[{name: a, cron: '0 9 * * 1-5', timezone: Berlin}]", "[{name: a, rate: 1 minute}]"),
    *("[{name: a, cron: '30 2 * * ? *', timezone: Europe/Berlin, payload: {}}]",),
    *("[{name: a, cron: '* * * * ? *', timezone: UTC}, {name: a, at: '2026-01-01T00:00:00'}]",),
    *("[{name: a, cron: '0 0 29 FEB ? 2027', timezone: Asia/Tokyo, enabled: false}]",),
    *("[{rule: dst-gap, reason: known}]", "[{rule: nothing, reason: known}]"),
    *("{type: object, properties: {a: {type: string, pattern: '(a+)+$'}}}",),
    *("{type: object, required: [a], properties: {a: {type: array, items: {type: integer}}}}",),
    *("{local: {schedule: []}}", "{prod: {timeout: 20m}}", "{nope: {}}"),
    *("s3:*", '"*"', "iam:PassRole", "arn:aws:s3:::x", "AWS_REGION", "JOB_NAME", "TZ", "PASSWORD"),
)

_DURATIONS = ("0s", "1s", "59s", "60s", "5m", "15m", "16m", "12h", "13h", "1d", "4d", "14d", "60d")
_NUMBERS = ("0", "1", "2", "5", "10", "11", "100", "1000", "1001", "10000", "100000000", "-1")
_SCHEDULES = tuple(value for value in VALUES if value.startswith("[{name"))

FITTING: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("timeout", "visibility_timeout", "batch_window", "delay"), _DURATIONS),
    **dict.fromkeys(("message_retention", "dead_letter_retention", "log_retention"), _DURATIONS),
    **dict.fromkeys(
        ("memory_size", "ephemeral_storage", "max_attempts", "concurrency", "batch_size"), _NUMBERS
    ),
    **dict.fromkeys(("description", "owner"), ("x", "growth", "x" * 300, "a & b", "'\u202e'")),
    "contract": _NUMBERS,
    "payload": tuple(value for value in VALUES if value.startswith("{type")),
    "idempotency": tuple(value for value in VALUES if value.startswith("{key")),
    "runtime": ("python3.9", "python3.11", "python3.13", "python3.15", "nodejs22.x", "python"),
    "architecture": ("arm64", "x86_64", "arm"),
    "backoff": ("{base: 1s, cap: 15m}", "{base: 15m, cap: 1s}", "{base: 1h}", "{cap: 0s}", "{}"),
    "secrets": ("[]", "[crm-key]", "[crm-key, crm-key]", "['a b']", "[crm-abcdef]"),
    "variables": ("{}", "{A_B: x}", "{AWS_REGION: x}", "{A_B: '{account}'}", "{A_B: '{x}'}"),
    "permissions": tuple(value for value in VALUES if value.startswith("[{actions")),
    "schedule": _SCHEDULES,
    "alarms": ("{oldest_message: 1m}", "{oldest_message: 14d}", "{errors: 0}", "{throttles: 7}"),
    "allow": ("[]", "[{rule: dst-gap, reason: known}]", "[{rule: nothing, reason: ' '}]"),
    "environments": ("{local: {schedule: []}}", "{prod: {timeout: 20m}}", "{nope: {}}", "{}"),
}
"""Values of each field of a job that reach the rules."""

LINES: tuple[str, ...] = (
    *(
        "\t",
        "\tkey: value",
        "---",
        "...",
        "--- x",
        "%YAML 1.2",
        "%TAG ! x",
        "? a",
        ": b",
        "- ",
        "-",
    ),
    *(
        "key: value: value",
        "jobs:",
        "defaults: {}",
        "version: 2",
        "version: 1",
        "jobs: {}",
        "<<: *a",
    ),
    *(
        "<<: {a: b}",
        "# comment",
        "a: &a [1]",
        "b: *a",
        "x: |",
        "x: >",
        "  text",
        "'",
        '"',
        "{",
        "[",
    ),
    *(
        "allow: [{rule: x, reason: y}]",
        "environments: []",
        "environments: {nope: {}}",
        "schedule: []",
    ),
    *("payload: {}", "payload: {type: object}", "permissions: [{actions: [], resources: []}]"),
    *(
        "variables: {A: b}",
        "variables: {AWS_REGION: b, TZ: c}",
        "secrets: [a, a, '']",
        "timeout: 16m",
    ),
    *("visibility_timeout: 1s", "batch_size: 11", "concurrency: 1", "max_attempts: 100000000"),
    *("backoff: {base: 15m, cap: 1s}", "idempotency: {key: []}", "contract: 0", "project: -"),
)

BYTES: tuple[bytes, ...] = (
    *(b"\x00", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\xc3\x28", b"\xed\xa0\x80", b"\r", b"\r\n"),
    *(b"\t", b"\x1b[31m", b"\x7f", "\u0085".encode(), "\u2028".encode(), "\ufeff".encode()),
    *(
        "\U0001f600".encode(),
        b"&a",
        b"*a",
        b"!!",
        b"%",
        b"@",
        b"`",
        b"- - - - - - - - -",
        b"[" * 200,
    ),
)
