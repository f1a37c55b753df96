# What Terraform and `make plan` read. No message, no record, no object and no secret's value.
locals {
  reads = [for statement in [
    { Sid = "Queues", Action = ["sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ListQueueTags"], Resource = [local.arns.queues] },
    {
      Sid = "Functions"
      Action = [
        "lambda:GetAlias", "lambda:GetFunction", "lambda:GetFunctionCodeSigningConfig", "lambda:GetFunctionConfiguration",
        "lambda:GetFunctionEventInvokeConfig", "lambda:ListAliases", "lambda:ListTags", "lambda:ListVersionsByFunction",
      ]
      Resource = [local.arns.functions]
    },
    { Sid = "LayerVersions", Action = ["lambda:GetLayerVersion"], Resource = ["${local.arns.layers}:*"] },
    { Sid = "Mappings", Action = ["lambda:GetEventSourceMapping"], Resource = [local.arns.mappings], Condition = { ArnLike = { "lambda:FunctionArn" = [local.arns.functions] } } },
    { Sid = "MappingTags", Action = ["lambda:ListTags"], Resource = [local.arns.mappings] },
    { Sid = "Table", Action = ["dynamodb:DescribeContinuousBackups", "dynamodb:DescribeTable", "dynamodb:DescribeTimeToLive", "dynamodb:ListTagsOfResource"], Resource = [local.arns.table] },
    { Sid = "Logs", Action = ["logs:ListTagsForResource"], Resource = [local.arns.logs] },
    { Sid = "Alarms", Action = ["cloudwatch:DescribeAlarms", "cloudwatch:ListTagsForResource"], Resource = [local.arns.alarms] },
    { Sid = "Dashboards", Action = ["cloudwatch:GetDashboard"], Resource = [local.arns.dashboard] },
    { Sid = "Topics", Action = ["sns:GetTopicAttributes", "sns:ListTagsForResource"], Resource = [local.arns.topics] },
    { Sid = "ScheduleGroups", Action = ["scheduler:GetScheduleGroup", "scheduler:ListTagsForResource"], Resource = local.groups },
    { Sid = "Schedules", Action = ["scheduler:GetSchedule"], Resource = [local.arns.schedules] },
    { Sid = "Secrets", Action = ["secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy"], Resource = [local.arns.secrets] },
    {
      Sid = "Buckets"
      Action = [
        "s3:GetAccelerateConfiguration", "s3:GetBucketAcl", "s3:GetBucketCORS", "s3:GetBucketLogging", "s3:GetBucketObjectLockConfiguration",
        "s3:GetBucketOwnershipControls", "s3:GetBucketPolicy", "s3:GetBucketPublicAccessBlock", "s3:GetBucketRequestPayment",
        "s3:GetBucketTagging", "s3:GetBucketVersioning", "s3:GetBucketWebsite", "s3:GetEncryptionConfiguration",
        "s3:GetLifecycleConfiguration", "s3:GetReplicationConfiguration", "s3:ListBucket",
      ]
      Resource = [local.arns.buckets]
    },
    { Sid = "Roles", Action = ["iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:ListRolePolicies"], Resource = [local.arns.roles] },
    { Sid = "Pauses", Action = ["ssm:GetParametersByPath"], Resource = [local.arns.pauses] },
    { Sid = "Budget", Action = ["budgets:ListTagsForResource", "budgets:ViewBudget"], Resource = [local.arns.budget] },
    # These know no resources.
    { Sid = "Lists", Action = ["lambda:ListFunctions", "logs:DescribeLogGroups", "s3:ListAllMyBuckets", "scheduler:ListSchedules", "sns:GetSubscriptionAttributes"], Resource = ["*"] },
    { Sid = "State", Action = ["s3:GetObject"], Resource = ["${local.arns.state}/*"] },
    length(local.identities) == 0 ? null : { Sid = "Mail", Action = ["ses:GetEmailIdentity", "ses:ListTagsForResource"], Resource = local.identities },
    # Lambda shows a function's variables to nobody who may not read them, and a plan compares them.
    local._key == null ? null : { Sid = "Variables", Action = ["kms:Decrypt", "kms:DescribeKey"], Resource = [local._key] },
  ] : statement if statement != null]

  # Whoever plans holds the state for a while, in a file beside it, and gives it back.
  locks = [
    { Sid = "Lock", Action = ["s3:DeleteObject", "s3:PutObject"], Resource = ["${local.arns.state}/*.tflock"] },
  ]
}
