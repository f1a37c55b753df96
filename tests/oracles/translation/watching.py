"""Schedules and alarms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.oracles.translation.reading import Part, given, tag_list

if TYPE_CHECKING:
    from tests.oracles.translation.reading import Reader


def group(reader: Reader) -> list[Part]:
    """Translate a group of schedules."""
    properties = {"Name": reader["name"]}
    reader["state"]
    call = ("scheduler", "CreateScheduleGroup")
    return [Part("AWS::Scheduler::ScheduleGroup", properties, call, properties)]


def schedule(reader: Reader) -> list[Part]:
    """Translate a schedule."""
    target = reader.block("target")
    (retry,), (dead,) = target["retry_policy"], target["dead_letter_config"]
    properties = {
        "Name": reader["name"],
        "GroupName": reader["group_name"],
        "Description": reader["description"],
        "ScheduleExpression": reader["schedule_expression"],
        "ScheduleExpressionTimezone": reader["schedule_expression_timezone"],
        "State": reader["state"],
        "FlexibleTimeWindow": {"Mode": reader.block("flexible_time_window")["mode"]},
        "Target": {
            "Arn": target["arn"],
            "RoleArn": target["role_arn"],
            "Input": target["input"],
            "RetryPolicy": {
                "MaximumEventAgeInSeconds": retry["maximum_event_age_in_seconds"],
                "MaximumRetryAttempts": retry["maximum_retry_attempts"],
            },
            "DeadLetterConfig": {"Arn": dead["arn"]},
        },
    }
    call = ("scheduler", "CreateSchedule")
    return [Part("AWS::Scheduler::Schedule", properties, call, properties)]


def dashboard(reader: Reader) -> list[Part]:
    """Translate a dashboard."""
    properties = {
        "DashboardName": reader["dashboard_name"],
        "DashboardBody": reader["dashboard_body"],
    }
    reader.get("dashboard_arn")
    call = ("cloudwatch", "PutDashboard")
    return [Part("AWS::CloudWatch::Dashboard", properties, call, properties)]


def alarm(reader: Reader) -> list[Part]:
    """Translate an alarm."""
    dimensions = reader.get("dimensions") or {}
    properties = given(
        AlarmName=reader["alarm_name"],
        AlarmDescription=reader["alarm_description"],
        Namespace=reader.get("namespace"),
        MetricName=reader.get("metric_name"),
        Dimensions=[{"Name": name, "Value": value} for name, value in dimensions.items()] or None,
        Statistic=reader.get("statistic"),
        ExtendedStatistic=reader.get("extended_statistic"),
        Period=reader.get("period"),
        EvaluationPeriods=reader["evaluation_periods"],
        DatapointsToAlarm=reader.get("datapoints_to_alarm"),
        ComparisonOperator=reader["comparison_operator"],
        Threshold=reader["threshold"],
        TreatMissingData=reader["treat_missing_data"],
        ActionsEnabled=reader["actions_enabled"],
        AlarmActions=reader["alarm_actions"],
        OKActions=reader["ok_actions"],
        InsufficientDataActions=reader.get("insufficient_data_actions"),
        Metrics=[_query(found) for found in reader.get("metric_query") or ()] or None,
        Tags=tag_list(reader),
    )
    return [
        Part("AWS::CloudWatch::Alarm", properties, ("cloudwatch", "PutMetricAlarm"), properties)
    ]


def _query(found: dict[str, object]) -> dict[str, object]:
    metrics = found.get("metric")
    stat = None
    if isinstance(metrics, list) and metrics:
        (metric,) = metrics
        named = metric.get("dimensions") or {}
        dimensions = [{"Name": name, "Value": value} for name, value in named.items()]
        stat = {
            "Metric": {
                "Namespace": metric["namespace"],
                "MetricName": metric["metric_name"],
                "Dimensions": dimensions,
            },
            "Period": metric["period"],
            "Stat": metric["stat"],
        }
    return given(
        Id=found["id"],
        Expression=found.get("expression") or None,
        Label=found.get("label") or None,
        ReturnData=found.get("return_data"),
        MetricStat=stat,
    )
