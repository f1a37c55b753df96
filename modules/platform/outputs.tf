output "context" {
  description = "What every job of the environment shares; the `platform` of the job module."
  value = {
    project              = var.project
    environment          = var.environment
    account_id           = local.account_id
    region               = local.region
    partition            = local.partition
    table_name           = aws_dynamodb_table.jobs.name
    table_arn            = aws_dynamodb_table.jobs.arn
    topic_arn            = aws_sns_topic.on_call.arn
    schedule_group       = { name = aws_scheduler_schedule_group.jobs.name, arn = aws_scheduler_schedule_group.jobs.arn }
    delayed              = { group = aws_scheduler_schedule_group.delayed.name, schedules_arn = local._delayed_schedules, role_arn = aws_iam_role.delayed.arn }
    artifact_bucket      = var.artifact_bucket
    layer_arn            = aws_lambda_layer_version.dependencies.arn
    layer_runtime        = var.layer.runtime
    layer_architecture   = var.layer.architecture
    secret_arns          = { for name, secret in aws_secretsmanager_secret.this : name => secret.arn }
    variables            = var.variables
    deletion_protection  = var.deletion_protection
    runbook_url          = var.on_call.runbook_url
    permissions_boundary = local.permissions_boundary
    paused               = local.paused
    closed               = var.closed
    kms_key_arn          = var.isolation.kms_key_arn
    vpc                  = var.isolation.vpc
  }
  # An alarm that rings before the topic lets CloudWatch in is heard by nobody.
  depends_on = [aws_sns_topic_policy.on_call]
}

output "account_id" {
  description = "Account the platform lives in."
  value       = local.account_id
}

output "region" {
  description = "Region the platform lives in."
  value       = local.region
}

output "table_name" {
  description = "Name of the record table."
  value       = aws_dynamodb_table.jobs.name
}

output "topic_arn" {
  description = "ARN of the on-call topic, known once CloudWatch may publish to it."
  value       = aws_sns_topic.on_call.arn
  depends_on  = [aws_sns_topic_policy.on_call]
}

output "secret_names" {
  description = "Full names of the secrets to fill by hand."
  value       = sort([for secret in aws_secretsmanager_secret.this : secret.name])
}

output "producer" {
  description = "What a service needs to enqueue: `environment` variables for the library and an IAM `policy` to attach."
  value       = { environment = local.producer_environment, policy = local.producer_policy }
}
