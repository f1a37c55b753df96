# EventBridge Scheduler counts by group: these see the schedules of all jobs, and every delayed message.
locals {
  _groups = { schedules = aws_scheduler_schedule_group.jobs.name, delayed = aws_scheduler_schedule_group.delayed.name }

  _group_alarms = merge([
    for label, group in local._groups : {
      # Tried again until the run's time is over, then it is a dead letter of its job.
      "${label}.failing" = {
        group   = group
        level   = "full"
        what    = "EventBridge Scheduler cannot deliver what schedules of ${group} ask for; it tries again."
        metrics = { errors = "TargetErrorCount" }
      }
      "${label}.dropped" = {
        group   = group
        level   = "quiet"
        what    = "EventBridge Scheduler dropped what a schedule of ${group} asked for, or could not put it into a dead-letter queue: it is lost."
        metrics = { dropped = "InvocationDroppedCount", unparked = "InvocationsFailedToBeSentToDeadLetterCount" }
      }
    }
  ]...)
}

resource "aws_cloudwatch_metric_alarm" "schedules" {
  for_each = { for kind, alarm in local._group_alarms : kind => alarm if var.on_call.level == "full" || var.on_call.level == alarm.level }

  # The dot keeps it apart from any job's alarm: a job has none in its name.
  alarm_name          = "${local.base}-${each.key}"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  evaluation_periods  = 1
  datapoints_to_alarm = 1
  # Counted when something fails: without it nothing did.
  treat_missing_data = "notBreaching"
  alarm_actions      = [aws_sns_topic.on_call.arn]
  ok_actions         = [aws_sns_topic.on_call.arn]

  alarm_description = join("\n", [
    each.value.what,
    "First: aws scheduler list-schedules --group-name ${each.value.group}",
    "Runbook: ${var.on_call.runbook_url}#schedules",
    "Owner: ${var.on_call.owner}",
  ])

  metric_query {
    id          = "alarm"
    expression  = join(" + ", keys(each.value.metrics))
    label       = "alarm"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = each.value.metrics

    content {
      id = metric_query.key

      metric {
        namespace   = "AWS/Scheduler"
        metric_name = metric_query.value
        dimensions  = { ScheduleGroup = each.value.group }
        stat        = "Sum"
        period      = 300
      }
    }
  }

  depends_on = [aws_sns_topic_policy.on_call]
}
