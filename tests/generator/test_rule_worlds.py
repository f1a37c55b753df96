"""Rules against the world that they speak of, drawn at random or tried whole."""

import json
import re
import unicodedata
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.manifest.timeline import max_receives
from generator.pipeline import examine
from generator.rules import longest
from generator.rules.limits import LARGEST_ROLE_POLICIES
from generator.schedules.fires import comes_twice, exists
from tests.generator.manifests import job, manifest, worker, write

ROOT = Path(__file__).parents[2]
WORKER = ROOT / "modules" / "worker"
ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Tokyo", "Africa/Cairo")


def rules(folder: Path, **settings: object) -> set[str]:
    """Return the rules that speak about one job."""
    examined = examine(write(folder, manifest({"send-receipt": job(**settings)})))
    return {finding.rule for finding in examined.findings}


@pytest.mark.parametrize("zone", ZONES)
def test_what_comes_twice_and_never_is_what_a_clock_shows(zone: str) -> None:
    """Each quarter of an hour of 2027: the clock of the zone is watched for two years of UTC."""
    shown: dict[datetime, int] = {}
    place, moment = ZoneInfo(zone), datetime(2026, 12, 30, tzinfo=UTC)
    while moment < datetime(2028, 1, 3, tzinfo=UTC):
        local = moment.astimezone(place).replace(tzinfo=None, fold=0)
        shown[local] = shown.get(local, 0) + 1
        moment += timedelta(minutes=15)
    local = datetime(2027, 1, 1)  # noqa: DTZ001 - a clock on the wall
    while local.year == 2027:
        assert comes_twice(local, place) == (shown.get(local, 0) == 2), local
        assert exists(local, place) == (shown.get(local, 0) > 0), local
        local += timedelta(minutes=15)


@pytest.mark.parametrize("form", ["cron", "at"])
@pytest.mark.parametrize(
    ("zone", "cron", "at", "warned"),
    [
        ("Europe/Berlin", "30 2 ? OCT SUN *", "2027-10-31T02:30:00", True),
        ("Europe/Berlin", "30 3 ? OCT SUN *", "2027-10-31T03:30:00", False),
        ("America/New_York", "0 1 ? NOV SUN *", "2027-11-07T01:00:00", True),
        ("UTC", "30 2 ? OCT SUN *", "2027-10-31T02:30:00", False),
    ],
)
def test_both_forms_of_a_schedule_are_judged_alike(  # noqa: PLR0913 - one row of the table
    form: str, zone: str, cron: str, at: str, *, warned: bool, tmp_path: Path
) -> None:
    """The hour that autumn repeats is pointed out in a cron expression and in a moment."""
    schedule = {"name": "x", "timezone": zone, form: {"cron": cron, "at": at}[form]}
    found = rules(tmp_path, schedule=[{**schedule, "payload": {"order_id": "x"}}])

    assert ("dst-overlap" in found) is warned


def stated(pattern: str) -> set[str]:
    """Return what the files of the worker's module say in a form."""
    text = "".join(path.read_text("utf-8") for path in sorted(WORKER.glob("*.tf")))
    return set(re.findall(pattern, text))


def test_the_policy_has_the_modules_statements(tmp_path: Path) -> None:
    """Every statement and action that the module writes for a manifest is counted, and no other.

    What a root adds by a key or a network of its own is counted by the module's precondition.
    """
    made = worker(tmp_path, secrets=["crm-key"], enqueues=["send-receipt"])
    statements = json.loads(longest.policy(made))["Statement"]

    assert {s["Sid"] for s in statements} == stated(r'Sid\s+= "(\w+)"') - {"UseKey"}
    assert {action for s in statements for action in s["Action"]} == stated(
        r'"((?:sqs|logs|xray|dynamodb|secretsmanager|scheduler|iam):[A-Z]\w+)"(?! *=)'
    )


def test_the_environment_has_the_modules_variables(tmp_path: Path) -> None:
    """Every variable that the module gives a function is counted, and no other."""
    made = longest.environment(worker(tmp_path, enqueues=["send-receipt"]))

    assert set(made) == stated(r"^\s+((?:JOBS?|POWERTOOLS)_[A-Z_]+)\s+=".replace("^", "(?m:^)"))


@given(
    count=st.integers(1, 120),
    secrets=st.integers(0, 60),
    resource=st.text("ab-/{}", min_size=1, max_size=60),
)
def test_a_policy_is_refused_from_its_last_character_on(
    count: int, secrets: int, resource: str
) -> None:
    """The rule speaks exactly where the document is too long, whatever it is made of."""
    import tempfile  # noqa: PLC0415 - a fixture would be shared by the examples

    plain = resource.replace("{", "").replace("}", "") or "x"
    permissions = [
        {"actions": ["s3:GetObject"], "resources": [f"arn:aws:s3:::{plain}-{{account}}/{number}"]}
        for number in range(count)
    ]
    settings = {"permissions": permissions, "secrets": [f"key-{n}" for n in range(secrets)]}
    with tempfile.TemporaryDirectory() as folder:
        small = worker(Path(folder), secrets=settings["secrets"]) if secrets < 20 else None
        found = rules(Path(folder), **settings)
    grants = len(json.dumps(permissions)) if small is None else 0
    if small is not None:
        own = json.loads(longest.policy(small))
        own["Statement"] += [
            {
                "Sid": f"Granted{number}",
                "Effect": "Allow",
                "Action": granted["actions"],
                "Resource": [granted["resources"][0].replace("{account}", "9" * 12)],
            }
            for number, granted in enumerate(permissions)
        ]
        size = len(json.dumps(own, separators=(",", ":")))
        assert ("permissions-size" in found) == (size > LARGEST_ROLE_POLICIES)
    elif grants > 2 * LARGEST_ROLE_POLICIES:
        assert "permissions-size" in found


def test_many_arns_of_two_hundred_characters_are_too_long(tmp_path: Path) -> None:
    """What fits by the number of entries does not fit by their length."""
    arns = [
        f"arn:aws:s3:::a-bucket-with-a-long-name-{number:03}/{'x' * 150}" for number in range(60)
    ]
    permissions = [{"actions": ["s3:GetObject"], "resources": arns}]

    assert "permissions-size" in rules(tmp_path, permissions=permissions)
    assert "permissions-size" not in rules(
        tmp_path, permissions=[{"actions": ["s3:GetObject"], "resources": arns[:10]}]
    )


def test_names_alone_can_be_too_long(tmp_path: Path) -> None:
    """A name of thousands of characters is a finding, though nothing is granted."""
    named = manifest({"mail": job()}, project="a" * 5000)

    assert "name-length" in {f.rule for f in examine(write(tmp_path, named)).findings}


def test_secrets_alone_can_fill_the_variables(tmp_path: Path) -> None:
    """Each secret's ARN stands in a variable: some thirty fit."""
    many = [f"partner-{number:03}-api-key-of-ours" for number in range(40)]

    assert "variables-size" in rules(tmp_path, secrets=many)
    assert "variables-size" not in rules(tmp_path, secrets=many[:5])


_NULLABLE = {"type": ["string", "null"]}
_FORMS = {
    "never": {"type": "string"},
    "maybe": _NULLABLE,
    "only": {"type": "null"},
    "listed": {"enum": ["a", None]},
    "any": True,
    "defined": {"$ref": "#/$defs/nothing"},
}


@given(st.lists(st.sampled_from(sorted(_FORMS)), min_size=1, max_size=3))
def test_a_key_of_nulls_alone_is_pointed_out(forms: list[str]) -> None:
    """The rule speaks exactly where one payload of nulls in all key fields is allowed."""
    import tempfile  # noqa: PLC0415 - likewise

    names = [f"f{number}" for number in range(len(forms))]
    payload = {
        "type": "object",
        "required": names,
        "properties": {name: _FORMS[form] for name, form in zip(names, forms, strict=True)},
        "$defs": {"nothing": _NULLABLE},
    }
    with tempfile.TemporaryDirectory() as folder:
        found = rules(Path(folder), payload=payload, idempotency={"key": names})

    assert ("key-null" in found) == ("never" not in forms)


@pytest.mark.parametrize(
    ("schema", "one", "other"),
    [
        ({"type": "number"}, 0.1 + 0.2, 0.3),
        ({"type": "string", "format": "email"}, "a@shop.example", "a@SHOP.example"),
        ({"type": "string", "format": "uri"}, "https://shop.example/", "HTTPS://shop.example/"),
        ({"type": "string", "format": "duration"}, "PT60M", "PT1H"),
        ({"type": "string"}, "Caf\u00e9", unicodedata.normalize("NFD", "Caf\u00e9")),
        (True, "PT60M", "PT1H"),
    ],
)
@pytest.mark.parametrize("wrapped", ["plain", "list", "map", "rest", "nullable", "defined"])
def test_a_value_of_two_spellings_is_pointed_out_at_every_depth(
    schema: object, one: object, other: object, wrapped: str, tmp_path: Path
) -> None:
    """One value written in two ways is warned of in a key, alone and inside of others."""
    assert one != other
    whole: object = {
        "plain": schema,
        "list": {"type": "array", "items": schema},
        "map": {"type": "object", "properties": {"city": schema}},
        "rest": {"type": "object", "additionalProperties": schema},
        "nullable": {"oneOf": [schema, {"type": "null"}]} if schema is not True else schema,
        "defined": {"$ref": "#/$defs/it"},
    }[wrapped]
    payload = {
        "type": "object",
        "required": ["city"],
        "properties": {"city": whole},
        "$defs": {"it": schema},
    }

    assert "key-exact" in rules(tmp_path, payload=payload, idempotency={"key": ["city"]})


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "integer"},
        {"type": "string", "format": "uuid"},
        {"type": "string", "format": "date-time"},
        {"type": "string", "pattern": "^[a-z]+$"},
        {"enum": ["a", "b"]},
        {"type": "boolean"},
    ],
)
def test_a_value_of_one_spelling_is_left_alone(schema: object, tmp_path: Path) -> None:
    """Ids, moments, whole numbers and choices make one key for one value."""
    payload = {"type": "object", "required": ["city"], "properties": {"city": schema}}

    assert "key-exact" not in rules(tmp_path, payload=payload, idempotency={"key": ["city"]})


@given(
    errors=st.integers(1, 12),
    timeout=st.integers(1, 900),
    attempts=st.integers(5, 9),
)
def test_the_alarm_for_errors_is_reached_or_pointed_out(
    errors: int, timeout: int, attempts: int
) -> None:
    """A message that crashes at once is received again and again: count what five minutes see."""
    import tempfile  # noqa: PLC0415 - likewise

    settings = {"timeout": f"{timeout}s", "max_attempts": attempts, "alarms": {"errors": errors}}
    with tempfile.TemporaryDirectory() as folder:
        found = rules(Path(folder), **settings)
        made = worker(Path(folder), timeout=f"{timeout}s", max_attempts=attempts)
    crashes = [number * made.visibility_timeout for number in range(max_receives(made))]
    most = max(sum(1 for at in crashes if start <= at < start + 300) for start in crashes)

    assert ("alarm-errors-unreachable" in found) == (errors > most)
