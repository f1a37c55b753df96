"""The alarms of production, as they would be applied."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import botocore.session
import pytest
from botocore.validate import ParamValidator

from generator.alarm_kinds import alarm_level, alarms_of, shared_alarms
from generator.pipeline import examine
from tests.metric_math import Sheet
from tests.oracles.rendered import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.oracles.rendered import Rendered

pytestmark = pytest.mark.terraform

FORM = re.compile(
    r"[A-Za-z0-9].+\nFirst: aws [^\n]+\nRunbook: docs/runbook\.md#(?P<anchor>[a-z-]+)\nOwner: \w+"
)
DAY, HOUR = 86_400, 3600


def alarms(production: Rendered) -> list[Mapping[str, Any]]:
    """Return every alarm that production makes."""
    return [found.values for found in production.of_type("aws_cloudwatch_metric_alarm")]


def queries(alarm: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the metric queries of an alarm on an expression."""
    yield from alarm.get("metric_query") or ()


def metrics(alarm: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the metrics that an alarm looks at."""
    looked = [metric for query in queries(alarm) for metric in query.get("metric") or ()]
    return looked or [dict(alarm)]


def request(alarm: Mapping[str, Any]) -> dict[str, Any]:
    """Return the call that makes an alarm."""
    made = {
        "AlarmName": alarm["alarm_name"],
        "AlarmDescription": alarm["alarm_description"],
        "AlarmActions": sorted(alarm["alarm_actions"]),
        "OKActions": sorted(alarm["ok_actions"] or ()),
        "ComparisonOperator": alarm["comparison_operator"],
        "Threshold": float(alarm["threshold"]),
        "EvaluationPeriods": alarm["evaluation_periods"],
        "DatapointsToAlarm": alarm["datapoints_to_alarm"],
        "TreatMissingData": alarm["treat_missing_data"],
    }
    if not list(queries(alarm)):
        made |= {
            "Namespace": alarm["namespace"],
            "MetricName": alarm["metric_name"],
            "Dimensions": pairs(alarm["dimensions"]),
            "Statistic": alarm["statistic"],
            "Period": alarm["period"],
        }
        return made
    return made | {"Metrics": [query_of(query) for query in queries(alarm)]}


def query_of(query: Mapping[str, Any]) -> dict[str, Any]:
    """Return one entry of `Metrics`."""
    if query.get("expression"):
        data = {"Expression": query["expression"], "ReturnData": bool(query["return_data"])}
        return {"Id": query["id"], **data}
    (metric,) = query["metric"]
    asked = {
        "Namespace": metric["namespace"],
        "MetricName": metric["metric_name"],
        "Dimensions": pairs(metric["dimensions"]),
    }
    stat = {"Metric": asked, "Period": metric["period"], "Stat": metric["stat"]}
    return {"Id": query["id"], "MetricStat": stat, "ReturnData": False}


def pairs(dimensions: Mapping[str, str]) -> list[dict[str, str]]:
    """Return dimensions as CloudWatch takes them."""
    return [{"Name": name, "Value": value} for name, value in sorted(dimensions.items())]


def test_production_has_the_alarms_that_the_generator_counts(production: Rendered) -> None:
    """No more, no fewer, each under a name of its own."""
    manifest = examine(REPOSITORY / "jobs.yaml").manifest
    assert manifest is not None
    workers = manifest.workers["prod"]
    own = {f"{w.base}-{kind.name}" for w in workers for kind in alarms_of(w)}
    shared = {f"clarivum-prod-{kind.name}" for kind in shared_alarms(alarm_level(workers))}
    names = [alarm["alarm_name"] for alarm in alarms(production)]

    assert sorted(names) == sorted(own | shared)


def test_the_price_that_the_generator_counts_is_that_of_the_metrics(production: Rendered) -> None:
    """AWS bills each metric that an alarm looks at."""
    manifest = examine(REPOSITORY / "jobs.yaml").manifest
    assert manifest is not None
    workers = manifest.workers["prod"]
    counted = sum(kind.metrics for worker in workers for kind in alarms_of(worker))
    counted += sum(kind.metrics for kind in shared_alarms(alarm_level(workers)))

    assert sum(len(metrics(alarm)) for alarm in alarms(production)) == counted


def test_each_alarm_is_a_call_that_the_service_model_takes(production: Rendered) -> None:
    """Lengths, choices and required parameters, from botocore's model."""
    service = botocore.session.get_session().get_service_model("cloudwatch")
    shape = service.operation_model("PutMetricAlarm").input_shape
    assert shape is not None
    for alarm in alarms(production):
        report = ParamValidator().validate(request(alarm), shape)

        assert not report.has_errors(), (alarm["alarm_name"], report.generate_report())


def test_each_alarm_keeps_the_limits_that_no_model_has(production: Rendered) -> None:
    """Ten metrics and ten expressions, a day or a week to look back, one value that is watched."""
    for alarm in alarms(production):
        asked = request(alarm)
        parts = asked.get("Metrics", [])
        period = asked.get("Period") or next(
            part["MetricStat"]["Period"] for part in parts if "MetricStat" in part
        )
        expressions = [part["Expression"] for part in parts if "Expression" in part]

        assert len(expressions) <= 10
        assert len(parts) - len(expressions) <= 10
        assert all(len(text) <= 2048 for text in expressions)
        assert sum(part["ReturnData"] for part in parts) == (1 if parts else 0)
        assert period * asked["EvaluationPeriods"] <= (DAY if period < HOUR else 7 * DAY)
        assert asked["DatapointsToAlarm"] <= asked["EvaluationPeriods"]
        assert len({m["period"] for m in metrics(alarm)}) == 1


def test_each_expression_is_understood(production: Rendered) -> None:
    """What Terraform wrote is metric math, with nothing lost in between."""
    for alarm in alarms(production):
        parts = list(queries(alarm))
        expressions = {part["id"]: part["expression"] for part in parts if part.get("expression")}
        measured = {part["id"]: {0: 1.0, 60: 0.0} for part in parts if not part.get("expression")}
        for name in expressions:
            assert Sheet(range(0, 120, 60), measured, expressions).series(name), (name, expressions)


def test_each_description_says_what_first_where_and_whose(production: Rendered) -> None:
    """In this form, within CloudWatch's length, and with a chapter that is there."""
    text = Path(REPOSITORY / "docs" / "runbook.md").read_text("utf-8")
    chapters = set(re.findall(r"^## ([a-z-]+)$", text, flags=re.MULTILINE))
    for alarm in alarms(production):
        said = FORM.fullmatch(alarm["alarm_description"])

        assert said, alarm["alarm_description"]
        assert said["anchor"] in chapters
        assert len(alarm["alarm_description"]) <= 1024


def test_each_alarm_tells_on_call(production: Rendered) -> None:
    """One topic hears of all, and somebody subscribes to it."""
    (topic,) = production.of_type("aws_sns_topic_subscription")

    assert topic.values["protocol"] == "email"
    for alarm in alarms(production):
        assert len(alarm["alarm_actions"]) == 1
        assert alarm["actions_enabled"] in {True, None}
        missed = "-missed." in alarm["alarm_name"]
        assert set(alarm["ok_actions"] or ()) == (set() if missed else set(alarm["alarm_actions"]))
