locals {
  statements = concat([
    {
      Sid      = "WorkOwnQueue"
      Effect   = "Allow"
      Action   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ChangeMessageVisibility"]
      Resource = [var.queue.arn]
    },
    {
      # To its own queue a run of a schedule, to the dead-letter queue what cannot succeed.
      Sid      = "SendOwnQueues"
      Effect   = "Allow"
      Action   = ["sqs:SendMessage"]
      Resource = [var.queue.arn, var.queue.dead_letter_arn]
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
    length(local.secret_arns) > 0 ? [{
      Sid      = "ReadOwnSecrets"
      Effect   = "Allow"
      Action   = ["secretsmanager:GetSecretValue"]
      Resource = values(local.secret_arns)
    }] : [],
    [for index, statement in var.statements : {
      Sid      = "Granted${index}"
      Effect   = "Allow"
      Action   = statement.actions
      Resource = statement.resources
    }],
  )

  record_statement = {
    Sid      = "KeepOwnRecords"
    Effect   = "Allow"
    Action   = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"]
    Resource = [var.platform.table_arn]
    Condition = {
      "ForAllValues:StringLike" = { "dynamodb:LeadingKeys" = ["${var.job}#*"] }
    }
  }
}

resource "aws_iam_role" "this" {
  name        = "${var.queue.name}-worker"
  description = "What the function ${var.queue.name} may do."
  tags        = var.tags

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
  policy = jsonencode({ Version = "2012-10-17", Statement = local.statements })
}
