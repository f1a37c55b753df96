output "function_name" {
  description = "Name of the function."
  value       = aws_lambda_function.this.function_name
}

output "live_arn" {
  description = "ARN of the alias `live`, known once a failed run has somewhere to go."
  value       = aws_lambda_alias.live.arn
  depends_on  = [aws_lambda_function_event_invoke_config.this]
}

output "role_arn" {
  description = "ARN of the function's role."
  value       = aws_iam_role.this.arn
}

output "log_group" {
  description = "Name of the function's log group."
  value       = aws_cloudwatch_log_group.this.name
}

output "mapping_id" {
  description = "UUID of the event source mapping; disabling it pauses the job."
  value       = aws_lambda_event_source_mapping.this.uuid
}

output "enabled" {
  description = "Whether messages reach the function."
  value       = aws_lambda_event_source_mapping.this.enabled
}

output "metrics_namespace" {
  description = "CloudWatch namespace that the function counts its work in."
  value       = local.metrics_namespace
}
