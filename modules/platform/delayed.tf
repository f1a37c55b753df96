# Delays longer than a message timer: one-time schedules, made and cancelled by producers, that put a
# message on its queue. They have a group of their own, so that no producer touches a cron schedule.
resource "aws_scheduler_schedule_group" "delayed" {
  name = "${local.base}-delayed"
}

resource "aws_iam_role" "delayed" {
  name                 = "${local.base}-delayed"
  description          = "Lets one-time schedules of ${local.base} put messages on the queues."
  permissions_boundary = local.permissions_boundary

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "scheduler.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = local.account_id
          "aws:SourceArn"     = aws_scheduler_schedule_group.delayed.arn
        }
      }
    }]
  })
}

# The dead-letter queues as well: what the scheduler cannot deliver ends there.
resource "aws_iam_role_policy" "delayed" {
  name = "delayed"
  role = aws_iam_role.delayed.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([
      { Sid = "Deliver", Effect = "Allow", Action = ["sqs:SendMessage"], Resource = "${local._queue_arns}-*" },
    ], local.use_key)
  })
}

locals {
  _delayed_schedules = "arn:${local.partition}:scheduler:${local.region}:${local.account_id}:schedule/${local.base}-delayed"

  delayed_statements = [
    {
      Sid      = "ScheduleDelayed"
      Effect   = "Allow"
      Action   = ["scheduler:CreateSchedule", "scheduler:GetSchedule", "scheduler:DeleteSchedule"]
      Resource = "${local._delayed_schedules}/*"
    },
    {
      Sid       = "LendRole"
      Effect    = "Allow"
      Action    = "iam:PassRole"
      Resource  = aws_iam_role.delayed.arn
      Condition = { StringEquals = { "iam:PassedToService" = "scheduler.amazonaws.com" } }
    },
  ]
}
