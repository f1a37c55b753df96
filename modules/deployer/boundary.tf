# The most that a role of the environment can do: what workers, schedules and producers need, all
# jobs together. No right to change rights is in it, so nobody gets beyond it from inside.
locals {
  boundary = concat([
    { Sid = "Queues", Effect = "Allow", Action = ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage", "sqs:SendMessage"], Resource = [local.arns.queues] },
    { Sid = "Logs", Effect = "Allow", Action = ["logs:CreateLogStream", "logs:PutLogEvents"], Resource = ["${local.arns.logs}:*"] },
    { Sid = "Trace", Effect = "Allow", Action = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"], Resource = ["*"] },
    { Sid = "Records", Effect = "Allow", Action = ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"], Resource = [local.arns.table] },
    { Sid = "Delays", Effect = "Allow", Action = ["scheduler:CreateSchedule", "scheduler:DeleteSchedule", "scheduler:GetSchedule"], Resource = [local.arns.delayed] },
    { Sid = "LendRole", Effect = "Allow", Action = ["iam:PassRole"], Resource = ["${local._iam}:role/${local.base}-delayed"], Condition = { StringEquals = { "iam:PassedToService" = "scheduler.amazonaws.com" } } },
    { Sid = "Secrets", Effect = "Allow", Action = ["secretsmanager:GetSecretValue"], Resource = [local.arns.secrets] },
    { Sid = "Runs", Effect = "Allow", Action = ["lambda:InvokeFunction"], Resource = [local.arns.functions] },
    ], [for key in local._key[*] :
    { Sid = "UseKey", Effect = "Allow", Action = ["kms:Decrypt", "kms:GenerateDataKey"], Resource = [key] }
    ], var.isolation.vpc ? [
    { Sid = "Interfaces", Effect = "Allow", Action = ["ec2:AssignPrivateIpAddresses", "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:UnassignPrivateIpAddresses"], Resource = ["*"] },
    ] : [], [for index, statement in var.granted : {
      Sid      = "Granted${index}"
      Effect   = "Allow"
      Action   = statement.actions
      Resource = statement.resources
  }])
}
