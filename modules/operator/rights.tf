locals {
  # What `make doctor`, lists of runs and dead letters, and logs ask. The records hold no payload of
  # a job that is done; receiving, which hides a letter from others, is no reading.
  reads = concat([
    { Sid = "Counters", Action = ["sqs:GetQueueAttributes", "sqs:GetQueueUrl"], Resource = [local.queues] },
    { Sid = "Records", Action = ["dynamodb:GetItem", "dynamodb:Query"], Resource = [local.table, "${local.table}/index/*"] },
    { Sid = "Functions", Action = ["lambda:GetFunctionConfiguration", "lambda:ListAliases"], Resource = [local.functions] },
    { Sid = "Logs", Action = ["logs:FilterLogEvents", "logs:GetQueryResults", "logs:StartQuery"], Resource = [local.logs] },
    { Sid = "Alarms", Action = ["cloudwatch:DescribeAlarmHistory", "cloudwatch:DescribeAlarms"], Resource = [local.alarms] },
    { Sid = "Subscriptions", Action = ["sns:ListSubscriptionsByTopic"], Resource = [local.topic] },
    { Sid = "Schedules", Action = ["scheduler:GetSchedule"], Resource = [local.schedules, local.delayed] },
    { Sid = "Secrets", Action = ["secretsmanager:DescribeSecret"], Resource = [local.secrets] },
    { Sid = "Mail", Action = ["ses:GetEmailIdentity"], Resource = [local.identities] },
    { Sid = "Artifacts", Action = ["s3:GetObject"], Resource = ["${local.artifacts}/*"] },
    { Sid = "ArtifactList", Action = ["s3:ListBucket"], Resource = [local.artifacts] },
    { Sid = "Pauses", Action = ["ssm:GetParametersByPath"], Resource = [local.pauses] },
    # These know no resources.
    {
      Sid = "Lists"
      Action = [
        "cloudwatch:GetMetricData", "lambda:GetAccountSettings", "lambda:ListEventSourceMappings", "lambda:ListFunctions",
        "scheduler:ListSchedules", "ses:GetAccount",
      ]
      Resource = ["*"]
    },
    # A function's variables and the records are read in one's own name.
  ], [for key in [var.kms_key_arn] : { Sid = "ReadWithKey", Action = ["kms:Decrypt"], Resource = [key] } if key != ""])

  acts = concat([
    { Sid = "HandleDeadLetters", Action = ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:ReceiveMessage"], Resource = [local.dead_letters] },
    { Sid = "Send", Action = ["sqs:SendMessage"], Resource = [local.queues] },
    { Sid = "WriteDown", Action = ["dynamodb:PutItem", "dynamodb:UpdateItem"], Resource = [local.table] },
    { Sid = "Pause", Action = ["lambda:UpdateEventSourceMapping"], Resource = [local.mappings], Condition = { ArnLike = { "lambda:FunctionArn" = [local.functions] } } },
    { Sid = "PauseSchedules", Action = ["scheduler:UpdateSchedule"], Resource = [local.schedules] },
    { Sid = "Delay", Action = ["scheduler:CreateSchedule", "scheduler:DeleteSchedule"], Resource = [local.delayed] },
    { Sid = "RememberPauses", Action = ["ssm:DeleteParameter", "ssm:PutParameter"], Resource = [local.pauses] },
    # A schedule that is changed names its role anew.
    { Sid = "LendRoles", Action = ["iam:PassRole"], Resource = [local.roles], Condition = { StringEquals = { "iam:PassedToService" = ["scheduler.amazonaws.com"] } } },
  ], [for key in [var.kms_key_arn] : { Sid = "SendWithKey", Action = ["kms:GenerateDataKey"], Resource = [key] } if key != ""])
}
