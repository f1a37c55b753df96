locals {
  # What `make doctor`, lists of runs and dead letters, and logs ask. The records hold no payload of
  # a job that is done; receiving, which hides a letter from others, is no reading.
  reads = [
    { Sid = "Counters", Action = ["sqs:GetQueueAttributes", "sqs:GetQueueUrl"], Resource = [local.queues], Condition = null },
    { Sid = "Records", Action = ["dynamodb:GetItem", "dynamodb:Query"], Resource = [local.table, "${local.table}/index/*"], Condition = null },
    { Sid = "Functions", Action = ["lambda:GetFunctionConfiguration", "lambda:ListAliases"], Resource = [local.functions], Condition = null },
    { Sid = "Logs", Action = ["logs:FilterLogEvents", "logs:GetQueryResults", "logs:StartQuery"], Resource = [local.logs], Condition = null },
    { Sid = "Alarms", Action = ["cloudwatch:DescribeAlarmHistory", "cloudwatch:DescribeAlarms"], Resource = [local.alarms], Condition = null },
    { Sid = "Subscriptions", Action = ["sns:ListSubscriptionsByTopic"], Resource = [local.topic], Condition = null },
    { Sid = "Schedules", Action = ["scheduler:GetSchedule"], Resource = [local.schedules, local.delayed], Condition = null },
    { Sid = "Secrets", Action = ["secretsmanager:DescribeSecret"], Resource = [local.secrets], Condition = null },
    { Sid = "Mail", Action = ["ses:GetEmailIdentity"], Resource = [local.identities], Condition = null },
    { Sid = "Artifacts", Action = ["s3:GetObject"], Resource = ["${local.artifacts}/*"], Condition = null },
    { Sid = "ArtifactList", Action = ["s3:ListBucket"], Resource = [local.artifacts], Condition = null },
    { Sid = "Pauses", Action = ["ssm:GetParametersByPath"], Resource = [local.pauses], Condition = null },
    # These know no resources.
    {
      Sid = "Lists"
      Action = [
        "cloudwatch:GetMetricData", "lambda:GetAccountSettings", "lambda:ListEventSourceMappings", "lambda:ListFunctions",
        "scheduler:ListSchedules", "ses:GetAccount",
      ]
      Resource = ["*"], Condition = null
    },
  ]

  acts = [
    { Sid = "HandleDeadLetters", Action = ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:ReceiveMessage"], Resource = [local.dead_letters], Condition = null },
    { Sid = "Send", Action = ["sqs:SendMessage"], Resource = [local.queues], Condition = null },
    { Sid = "WriteDown", Action = ["dynamodb:PutItem", "dynamodb:UpdateItem"], Resource = [local.table], Condition = null },
    { Sid = "Pause", Action = ["lambda:UpdateEventSourceMapping"], Resource = [local.mappings], Condition = { ArnLike = { "lambda:FunctionArn" = [local.functions] } } },
    { Sid = "PauseSchedules", Action = ["scheduler:UpdateSchedule"], Resource = [local.schedules], Condition = null },
    { Sid = "Delay", Action = ["scheduler:CreateSchedule", "scheduler:DeleteSchedule"], Resource = [local.delayed], Condition = null },
    { Sid = "RememberPauses", Action = ["ssm:DeleteParameter", "ssm:PutParameter"], Resource = [local.pauses], Condition = null },
    # A schedule that is changed names its role anew.
    { Sid = "LendRoles", Action = ["iam:PassRole"], Resource = [local.roles], Condition = { StringEquals = { "iam:PassedToService" = ["scheduler.amazonaws.com"] } } },
  ]
}
