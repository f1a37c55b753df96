locals {
  policy = jsonencode({ Version = "2012-10-17", Statement = local.statements })

  statements = concat([
    {
      Sid      = "WorkOwnQueue"
      Effect   = "Allow"
      Action   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ChangeMessageVisibility"]
      Resource = [var.queue.arn]
    },
    {
      # To the dead-letter queue what cannot succeed, to its own queue the runs of its schedules.
      Sid      = "SendOwnQueues"
      Effect   = "Allow"
      Action   = ["sqs:SendMessage"]
      Resource = concat([var.queue.dead_letter_arn], var.scheduled ? [var.queue.arn] : [])
    },
    {
      Sid      = "WriteOwnLog"
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = ["${aws_cloudwatch_log_group.this.arn}:*"]
    },
    {
      # X-Ray knows no resources.
      Sid      = "Trace"
      Effect   = "Allow"
      Action   = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"]
      Resource = ["*"]
    },
    ],
    [local.record_statement],
    local.enqueue_statements,
    length(local.secret_arns) > 0 ? [{
      Sid      = "ReadOwnSecrets"
      Effect   = "Allow"
      Action   = ["secretsmanager:GetSecretValue"]
      Resource = values(local.secret_arns)
    }] : [],
    local.key_statements,
    local.network_statements,
    [for index, statement in var.statements : merge({
      Sid      = "Granted${index}"
      Effect   = "Allow"
      Action   = statement.actions
      Resource = statement.resources
    }, length(statement.conditions) == 0 ? {} : { Condition = statement.conditions })],
  )

  # Queues, records, secrets and the function's own variables are encrypted with it.
  key_statements = [for key in var.platform.kms_key_arn[*] : {
    Sid      = "UseKey"
    Effect   = "Allow"
    Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
    Resource = [key]
  }]

  # Lambda makes the interfaces in the role's name, and these know no resources. The code of the
  # function shall not: only its requests carry the function's ARN.
  network_statements = [for effect in ["Allow", "Deny"] : merge({
    Sid      = effect == "Allow" ? "KeepInterfaces" : "LeaveInterfacesToLambda"
    Effect   = effect
    Action   = ["ec2:AssignPrivateIpAddresses", "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:UnassignPrivateIpAddresses"]
    Resource = ["*"]
    }, effect == "Allow" ? {} : { Condition = { ArnEquals = { "lambda:SourceFunctionArn" = [local.function_arn] } } })
  if var.platform.vpc != null]

  function_arn = "${replace(trimsuffix(var.queue.arn, var.queue.name), ":sqs:", ":lambda:")}function:${var.queue.name}"

  # Why the role that one-time schedules take is shared by all jobs: docs/adr/0022.
  enqueue_statements = [for statement in [
    {
      Sid      = "Enqueue"
      Effect   = "Allow"
      Action   = ["sqs:SendMessage"]
      Resource = [for job in var.enqueues : "${trimsuffix(var.queue.arn, var.job)}${job}"]
    },
    {
      # The library names them `<31 characters of the job>-<32 of a digest>`: with as many marks as
      # the digest has, `mail` does not reach what is scheduled for `mail-report`.
      Sid      = "ScheduleDelayed"
      Effect   = "Allow"
      Action   = ["scheduler:CreateSchedule", "scheduler:GetSchedule", "scheduler:DeleteSchedule"]
      Resource = [for job in var.enqueues : "${var.platform.delayed.schedules_arn}/${substr(job, 0, 31)}-${join("", [for _ in range(32) : "?"])}"]
    },
    {
      Sid       = "LendRole"
      Effect    = "Allow"
      Action    = ["iam:PassRole"]
      Resource  = [var.platform.delayed.role_arn]
      Condition = { StringEquals = { "iam:PassedToService" = "scheduler.amazonaws.com" } }
    },
  ] : statement if length(var.enqueues) > 0]

  record_statement = {
    Sid      = "KeepOwnRecords"
    Effect   = "Allow"
    Action   = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"]
    Resource = [var.platform.table_arn]
    Condition = {
      "ForAllValues:StringLike" = { "dynamodb:LeadingKeys" = ["${coalesce(var.idempotency.record_name, var.job)}#*"] }
      # All values of none are equal to anything: a request that names no key is refused.
      Null = { "dynamodb:LeadingKeys" = "false" }
    }
  }
}

resource "aws_iam_role" "this" {
  name                 = "${var.queue.name}-worker"
  description          = "What the function ${var.queue.name} may do."
  permissions_boundary = var.platform.permissions_boundary
  tags                 = var.tags

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "this" {
  name   = "worker"
  role   = aws_iam_role.this.id
  policy = local.policy

  lifecycle {
    precondition {
      condition     = length(local.policy) <= 10240
      error_message = "Grant less: IAM takes 10240 characters of a role's policies, these take ${length(local.policy)}. One ARN with * can name several resources."
    }
  }
}
