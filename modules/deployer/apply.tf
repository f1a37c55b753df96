# What a deploy makes, changes and removes: by name, all that an environment consists of.
locals {
  _key         = var.isolation.kms_key_arn
  _of_function = { ArnLike = { "lambda:FunctionArn" = [local.arns.functions] } }
  _bounded     = { StringEquals = { "iam:PermissionsBoundary" = aws_iam_policy.boundary.arn } }

  writes = [for statement in [
    { Sid = "Queues", Action = ["sqs:CreateQueue", "sqs:DeleteQueue", "sqs:SetQueueAttributes", "sqs:TagQueue", "sqs:UntagQueue"], Resource = [local.arns.queues] },
    {
      Sid = "Functions"
      Action = [
        "lambda:CreateAlias", "lambda:CreateFunction", "lambda:DeleteAlias", "lambda:DeleteFunction", "lambda:DeleteFunctionConcurrency",
        "lambda:DeleteFunctionEventInvokeConfig", "lambda:PublishVersion", "lambda:PutFunctionConcurrency", "lambda:PutFunctionEventInvokeConfig", "lambda:TagResource", "lambda:UntagResource",
        "lambda:UpdateAlias", "lambda:UpdateFunctionCode", "lambda:UpdateFunctionConfiguration", "lambda:UpdateFunctionEventInvokeConfig",
      ]
      Resource = [local.arns.functions]
    },
    { Sid = "Layers", Action = ["lambda:DeleteLayerVersion", "lambda:GetLayerVersion", "lambda:PublishLayerVersion"], Resource = [local.arns.layers] },
    { Sid = "NewMappings", Action = ["lambda:CreateEventSourceMapping"], Resource = ["*"], Condition = local._of_function },
    { Sid = "Mappings", Action = ["lambda:DeleteEventSourceMapping", "lambda:UpdateEventSourceMapping"], Resource = [local.arns.mappings], Condition = local._of_function },
    { Sid = "MappingTags", Action = ["lambda:TagResource"], Resource = [local.arns.mappings] },
    { Sid = "Table", Action = ["dynamodb:CreateTable", "dynamodb:DeleteTable", "dynamodb:TagResource", "dynamodb:UntagResource", "dynamodb:UpdateContinuousBackups", "dynamodb:UpdateTable", "dynamodb:UpdateTimeToLive"], Resource = [local.arns.table] },
    { Sid = "Logs", Action = ["logs:CreateLogGroup", "logs:DeleteLogGroup", "logs:PutRetentionPolicy", "logs:TagResource", "logs:UntagResource"], Resource = [local.arns.logs] },
    { Sid = "Alarms", Action = ["cloudwatch:DeleteAlarms", "cloudwatch:PutMetricAlarm", "cloudwatch:TagResource", "cloudwatch:UntagResource"], Resource = [local.arns.alarms] },
    { Sid = "Dashboards", Action = ["cloudwatch:DeleteDashboards", "cloudwatch:PutDashboard"], Resource = [local.arns.dashboard] },
    { Sid = "Topics", Action = ["sns:CreateTopic", "sns:DeleteTopic", "sns:SetTopicAttributes", "sns:Subscribe", "sns:TagResource", "sns:UntagResource"], Resource = [local.arns.topics] },
    { Sid = "Subscriptions", Action = ["sns:Unsubscribe"], Resource = ["*"] },
    { Sid = "ScheduleGroups", Action = ["scheduler:CreateScheduleGroup", "scheduler:DeleteScheduleGroup", "scheduler:TagResource", "scheduler:UntagResource"], Resource = local.groups },
    # Schedules that wait go with their group.
    { Sid = "Schedules", Action = ["scheduler:CreateSchedule", "scheduler:DeleteSchedule", "scheduler:UpdateSchedule"], Resource = [local.arns.schedules] },
    { Sid = "DelayedWork", Action = ["scheduler:DeleteSchedule"], Resource = [local.arns.delayed] },
    { Sid = "Secrets", Action = ["secretsmanager:CreateSecret", "secretsmanager:DeleteSecret", "secretsmanager:RestoreSecret", "secretsmanager:TagResource", "secretsmanager:UntagResource", "secretsmanager:UpdateSecret"], Resource = [local.arns.secrets] },
    {
      Sid = "Buckets"
      Action = [
        "s3:CreateBucket", "s3:DeleteBucket", "s3:DeleteBucketPolicy", "s3:PutBucketOwnershipControls", "s3:PutBucketPolicy",
        "s3:PutBucketPublicAccessBlock", "s3:PutBucketTagging", "s3:PutBucketVersioning", "s3:PutEncryptionConfiguration", "s3:PutLifecycleConfiguration",
      ]
      Resource = [local.arns.buckets]
    },
    length(var.disposable_buckets) == 0 ? null : { Sid = "EmptyBuckets", Action = ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:ListBucketVersions"], Resource = flatten([for arn in local.disposable : [arn, "${arn}/*"]]) },
    { Sid = "State", Action = ["s3:PutObject"], Resource = ["${local.arns.state}/*"] },
    { Sid = "Artifacts", Action = ["s3:GetObject", "s3:PutObject"], Resource = ["${local.arns.artifacts}/*"] },
    { Sid = "Budget", Action = ["budgets:ModifyBudget", "budgets:TagResource"], Resource = [local.arns.budget] },
    length(local.identities) == 0 ? null : { Sid = "Mail", Action = ["ses:CreateEmailIdentity", "ses:DeleteEmailIdentity", "ses:TagResource"], Resource = local.identities },
    # What is encrypted is handed the key by whoever makes it.
    local._key == null ? null : { Sid = "UseKey", Action = ["kms:Encrypt", "kms:GenerateDataKey"], Resource = [local._key] },
    local._key == null ? null : { Sid = "LendKey", Action = ["kms:CreateGrant"], Resource = [local._key], Condition = { Bool = { "kms:GrantIsForAWSResource" = "true" } } },
    local._key == null ? null : { Sid = "EncryptedLogs", Action = ["logs:AssociateKmsKey", "logs:DisassociateKmsKey"], Resource = [local.arns.logs] },
    var.isolation.vpc ? { Sid = "Network", Action = ["ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcs"], Resource = ["*"] } : null,
  ] : statement if statement != null]

  # Who applies also plans. What is said of the same things is said once: IAM counts characters.
  _said = [for s in concat(local.reads, local.writes) : merge(s, { of = jsonencode([s.Resource, try(s.Condition, null)]) })]
  all = [for of in distinct(local._said[*].of) : merge(
    { for key, value in [for s in local._said : s if s.of == of][0] : key => value if key != "of" },
    { Action = sort(distinct(flatten([for s in local._said : s.Action if s.of == of]))) },
  )]

  # A role without the boundary can be neither made nor given rights, and no boundary can be taken
  # off: what a deploy makes can do no more than the boundary says, whoever wrote it.
  role_writes = [
    { Sid = "BoundedRoles", Action = ["iam:CreateRole", "iam:DeleteRolePolicy", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy"], Resource = [local.arns.roles], Condition = local._bounded },
    { Sid = "Roles", Action = ["iam:DeleteRole", "iam:ListInstanceProfilesForRole", "iam:TagRole", "iam:UntagRole", "iam:UpdateAssumeRolePolicy", "iam:UpdateRole", "iam:UpdateRoleDescription"], Resource = [local.arns.roles] },
    { Sid = "LendRoles", Action = ["iam:PassRole"], Resource = [local.arns.roles], Condition = { StringEquals = { "iam:PassedToService" = ["lambda.amazonaws.com", "scheduler.amazonaws.com"] } } },
  ]
}
