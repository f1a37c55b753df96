locals {
  # SQS and Lambda report once a minute: a period below 60 s would see gaps, not messages.
  alarms = {
    dead-letters = {
      namespace   = "AWS/SQS"
      metric      = "ApproximateNumberOfMessagesVisible"
      statistic   = "Maximum"
      period      = 60
      threshold   = var.thresholds.dead_letters
      dimensions  = { QueueName = var.dead_letter_queue_name }
      description = "Messages of ${var.name} gave up and wait in ${var.dead_letter_queue_name}: read their reason, mend, replay."
    }
    oldest-message = {
      namespace   = "AWS/SQS"
      metric      = "ApproximateAgeOfOldestMessage"
      statistic   = "Maximum"
      period      = 60
      threshold   = var.thresholds.oldest_message
      dimensions  = { QueueName = var.queue_name }
      description = "The oldest message of ${var.queue_name} has waited ${var.thresholds.oldest_message} s or more: its owner should know."
    }
    errors = {
      namespace   = "AWS/Lambda"
      metric      = "Errors"
      statistic   = "Sum"
      period      = 300
      threshold   = var.thresholds.errors
      dimensions  = { FunctionName = var.function_name }
      description = "${var.function_name} crashed or timed out ${var.thresholds.errors} times or more in five minutes."
    }
    throttles = {
      namespace   = "AWS/Lambda"
      metric      = "Throttles"
      statistic   = "Sum"
      period      = 300
      threshold   = var.thresholds.throttles
      dimensions  = { FunctionName = var.function_name }
      description = "${var.function_name} was refused a run ${var.thresholds.throttles} times or more in five minutes: each refusal uses up an attempt of its messages."
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.alarms

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.description
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = each.value.statistic
  period              = each.value.period
  evaluation_periods  = 1
  datapoints_to_alarm = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = each.value.threshold
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.topic_arn]
  ok_actions          = [var.topic_arn]
  tags                = var.tags
}
