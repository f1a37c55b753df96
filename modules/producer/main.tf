locals {
  _queues = "arn:${var.platform.partition}:sqs:${var.platform.region}:${var.platform.account_id}:${var.platform.project}-${var.platform.environment}"

  _schedules = { for job in var.jobs : job => "${var.platform.delayed.schedules_arn}/${substr(job, 0, 31)}-${join("", [for _ in range(32) : "?"])}" }

  # A closed job takes nothing new; what was delayed for it can still be taken back.
  open = [for job in var.jobs : job if !contains(var.platform.closed, job)]

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(length(local.open) == 0 ? [] : [
      {
        Sid      = "Enqueue"
        Effect   = "Allow"
        Action   = ["sqs:SendMessage"]
        Resource = [for job in local.open : "${local._queues}-${job}"]
      },
      {
        # A one-time schedule is named `<31 characters of the job>-<32 of a digest>`.
        Sid      = "ScheduleDelayed"
        Effect   = "Allow"
        Action   = ["scheduler:CreateSchedule"]
        Resource = [for job in local.open : local._schedules[job]]
      },
      ], [
      {
        Sid      = "TakeBack"
        Effect   = "Allow"
        Action   = ["scheduler:GetSchedule", "scheduler:DeleteSchedule"]
        Resource = values(local._schedules)
      },
      {
        Sid       = "LendRole"
        Effect    = "Allow"
        Action    = ["iam:PassRole"]
        Resource  = [var.platform.delayed.role_arn]
        Condition = { StringEquals = { "iam:PassedToService" = "scheduler.amazonaws.com" } }
      },
      ], [for key in var.platform.kms_key_arn[*] : {
        Sid      = "UseKey"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = [key]
    }])
  })
}

module "trust" {
  source = "../trust"

  account = { id = var.platform.account_id, partition = var.platform.partition }
  trust   = var.trust
}

resource "aws_iam_role" "this" {
  name                 = var.name
  description          = "Enqueues jobs of ${var.platform.project}-${var.platform.environment}."
  assume_role_policy   = module.trust.policy
  max_session_duration = var.max_session_duration
  permissions_boundary = var.platform.permissions_boundary
  tags                 = var.tags
}

resource "aws_iam_role_policy" "this" {
  name   = "producer"
  role   = aws_iam_role.this.id
  policy = local.policy

  lifecycle {
    precondition {
      condition     = length(local.policy) <= 10240
      error_message = "Give the jobs to two producers: IAM takes 10240 characters of a role's policies, these take ${length(local.policy)}."
    }
  }
}
