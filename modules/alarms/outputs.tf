output "names" {
  description = "Alarm names by what they watch: `dead-letters`, `oldest-message`, `errors`, `throttles`."
  value       = { for kind, alarm in aws_cloudwatch_metric_alarm.this : kind => alarm.alarm_name }
}

output "arns" {
  description = "Alarm ARNs by what they watch."
  value       = { for kind, alarm in aws_cloudwatch_metric_alarm.this : kind => alarm.arn }
}
