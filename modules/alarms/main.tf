locals {
  alarms = merge(local.on_the_queue, local.on_the_function, local.on_the_work, local.on_the_runs)

  # What loses or stops work, and nothing else.
  quiet = ["dead-letters", "oldest-message", "errors", "missed"]

  chosen = {
    for kind, alarm in local.alarms : kind => alarm
    if var.level == "full" || (var.level == "quiet" && contains(local.quiet, alarm.anchor))
  }

  # Always in this order, so that whoever is woken finds the one thing to do.
  descriptions = {
    for kind, alarm in local.alarms : kind => join("\n", [
      alarm.what,
      "First: ${alarm.first}",
      "Runbook: ${var.runbook_url}#${alarm.anchor}",
      "Owner: ${var.job.owner}",
    ])
  }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.chosen

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = local.descriptions[each.key]
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = each.value.threshold
  evaluation_periods  = each.value.periods
  datapoints_to_alarm = each.value.points
  treat_missing_data  = each.value.missing
  alarm_actions       = [var.topic_arn]
  ok_actions          = each.value.ends ? [var.topic_arn] : []
  tags                = var.tags

  # One metric, or several and what is computed from them: AWS takes either form, not both.
  namespace   = each.value.expressions == {} ? one(values(each.value.metrics)).namespace : null
  metric_name = each.value.expressions == {} ? one(values(each.value.metrics)).name : null
  dimensions  = each.value.expressions == {} ? one(values(each.value.metrics)).dimensions : null
  statistic   = each.value.expressions == {} ? one(values(each.value.metrics)).statistic : null
  period      = each.value.expressions == {} ? each.value.period : null

  dynamic "metric_query" {
    for_each = each.value.expressions == {} ? {} : each.value.metrics

    content {
      id = metric_query.key

      metric {
        namespace   = metric_query.value.namespace
        metric_name = metric_query.value.name
        dimensions  = metric_query.value.dimensions
        stat        = metric_query.value.statistic
        period      = each.value.period
      }
    }
  }

  dynamic "metric_query" {
    for_each = each.value.expressions

    content {
      id          = metric_query.key
      expression  = metric_query.value
      label       = metric_query.key
      return_data = metric_query.key == "alarm"
    }
  }
}
