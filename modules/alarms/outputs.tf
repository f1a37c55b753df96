output "names" {
  description = "Alarm names by what they watch, such as `dead-letters` or `missed.nightly`."
  value       = { for kind, alarm in aws_cloudwatch_metric_alarm.this : kind => alarm.alarm_name }
}

output "arns" {
  description = "Alarm ARNs by what they watch."
  value       = { for kind, alarm in aws_cloudwatch_metric_alarm.this : kind => alarm.arn }
}

output "thresholds" {
  description = "Value from which each alarm rings, by what it watches: the line a dashboard draws."
  value       = { for kind, alarm in local.chosen : kind => alarm.threshold }
}
