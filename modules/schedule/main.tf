locals {
  # Scheduler replaces <aws.scheduler.*> only where it stands literally. A payload has `<` as \u003c,
  # so it cannot smuggle one in, and is otherwise passed on as it stands: decoding it would change
  # texts and numbers. The scheduled time, not the execution id, is equal for every try of one run.
  input = {
    for name, schedule in var.schedules : name => join("", [
      "{\"schedule\":", jsonencode(name),
      ",\"scheduled_time\":\"<aws.scheduler.scheduled-time>\"",
      ",\"schedule_arn\":\"<aws.scheduler.schedule-arn>\"",
      ",\"payload\":", replace(schedule.payload, "<", "\\u003c"),
      schedule.overlap == "allow" ? "" : ",\"overlap\":${jsonencode(schedule.overlap)}",
      schedule.max_age == 0 ? "" : ",\"max_age\":${schedule.max_age}", "}",
    ])
  }
}

resource "aws_iam_role" "this" {
  name                 = "${var.name}-schedule"
  description          = "Lets the schedules of ${var.name} start its function."
  permissions_boundary = var.permissions_boundary == "" ? null : var.permissions_boundary
  tags                 = var.tags

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "scheduler.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = var.account_id
          # Scheduler presents the group, not the single schedule, when it takes the role.
          "aws:SourceArn" = var.group.arn
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "this" {
  name = "schedule"
  role = aws_iam_role.this.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([
      { Sid = "Start", Effect = "Allow", Action = "lambda:InvokeFunction", Resource = var.function_arn },
      { Sid = "ParkUndelivered", Effect = "Allow", Action = "sqs:SendMessage", Resource = var.dead_letter_arn },
      ], [for key in [var.kms_key_arn] :
      { Sid = "UseKey", Effect = "Allow", Action = ["kms:Decrypt", "kms:GenerateDataKey"], Resource = key } if key != ""
    ])
  })
}

resource "aws_scheduler_schedule" "this" {
  for_each = var.schedules

  name                         = "${var.job}-${each.key}"
  group_name                   = var.group.name
  description                  = "Starts ${var.name}."
  schedule_expression          = each.value.expression
  schedule_expression_timezone = each.value.timezone
  state                        = each.value.enabled ? "ENABLED" : "DISABLED"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = var.function_arn
    role_arn = aws_iam_role.this.arn
    input    = local.input[each.key]

    retry_policy {
      maximum_event_age_in_seconds = var.retry.maximum_event_age
      maximum_retry_attempts       = var.retry.maximum_attempts
    }

    dead_letter_config {
      arn = var.dead_letter_arn
    }
  }

  # A rate() fires as soon as it exists: the role must be able to deliver by then.
  depends_on = [aws_iam_role_policy.this]
}
