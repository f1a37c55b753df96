locals {
  _queue_arns = "arn:${local.partition}:sqs:${local.region}:${local.account_id}:${local.base}"

  # The host is sqs.<region>.amazonaws.com, in China with its own ending.
  _dns_suffix   = data.aws_partition.current.dns_suffix
  _sqs_endpoint = coalesce(var.sqs_endpoint, "https://sqs.${local.region}.${local._dns_suffix}")

  producer_environment = merge({
    JOBS_QUEUE_BASE_URL = "${trimsuffix(local._sqs_endpoint, "/")}/${local.account_id}/${local.base}-"
    JOBS_SOURCE         = "${var.project}/${var.environment}"

    # For delays longer than a message timer.
    JOBS_QUEUE_BASE_ARN    = "${local._queue_arns}-"
    JOBS_SCHEDULE_GROUP    = aws_scheduler_schedule_group.delayed.name
    JOBS_SCHEDULE_ROLE_ARN = aws_iam_role.delayed.arn
  }, length(var.closed) == 0 ? {} : { JOBS_CLOSED = join(",", var.closed) })

  producer_policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([
      { Sid = "Enqueue", Effect = "Allow", Action = "sqs:SendMessage", Resource = "${local._queue_arns}-*" },
      { Sid = "LeaveDeadLetters", Effect = "Deny", Action = "sqs:SendMessage", Resource = "${local._queue_arns}-*-dlq" },
      ], length(var.closed) == 0 ? [] : [
      { Sid = "LeaveClosed", Effect = "Deny", Action = "sqs:SendMessage", Resource = [for job in var.closed : "${local._queue_arns}-${job}"] },
    ], local.delayed_statements, local.use_key)
  })
}
