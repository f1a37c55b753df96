mock_provider "aws" {
  source = "../mocks"
}

variables {
  name            = "clarivum-test-thumbnails"
  job             = "thumbnails"
  group           = { name = "clarivum-test", arn = "arn:aws:scheduler:eu-west-1:123456789012:schedule-group/clarivum-test" }
  account_id      = "123456789012"
  function_arn    = "arn:aws:lambda:eu-west-1:123456789012:function:clarivum-test-thumbnails"
  dead_letter_arn = "arn:aws:sqs:eu-west-1:123456789012:clarivum-test-thumbnails-dlq"
  schedules = {
    nightly = { expression = "cron(30 4 * * ? *)", timezone = "Europe/Berlin", payload = "{\"note\":\"<aws.scheduler.execution-id>\"}" }
    hourly  = { expression = "rate(1 hour)", enabled = false }
  }
}

run "a_schedule_starts_the_function_with_its_name_and_its_time" {
  assert {
    condition     = aws_scheduler_schedule.this["hourly"].target[0].input == "{\"schedule\":\"hourly\",\"scheduled_time\":\"<aws.scheduler.scheduled-time>\",\"schedule_arn\":\"<aws.scheduler.schedule-arn>\",\"payload\":{}}"
    error_message = "Scheduler would not replace the context attributes."
  }

  assert {
    condition     = aws_scheduler_schedule.this["nightly"].target[0].arn == var.function_arn
    error_message = "The schedule targets something else than the job's function."
  }
}

run "a_payload_cannot_smuggle_in_a_context_attribute" {
  assert {
    condition     = !strcontains(aws_scheduler_schedule.this["nightly"].target[0].input, "<aws.scheduler.execution-id>")
    error_message = "Scheduler would replace text of the payload."
  }

  assert {
    condition     = jsondecode(aws_scheduler_schedule.this["nightly"].target[0].input).payload.note == "<aws.scheduler.execution-id>"
    error_message = "The payload does not arrive as it was written."
  }
}

run "a_payload_is_passed_on_character_by_character" {
  variables {
    schedules = { hourly = { expression = "rate(1 hour)", payload = "{\"e\\u0301\":1.50,\"n\":12345678901234567890}" } }
  }

  assert {
    condition     = strcontains(aws_scheduler_schedule.this["hourly"].target[0].input, ",\"payload\":{\"e\\u0301\":1.50,\"n\":12345678901234567890}}")
    error_message = "Terraform changed a text or a number of the payload."
  }
}

run "a_schedule_tells_its_overlap_and_its_limit" {
  variables {
    schedules = { hourly = { expression = "rate(1 hour)", overlap = "skip", max_age = 1800 } }
  }

  assert {
    condition     = endswith(aws_scheduler_schedule.this["hourly"].target[0].input, ",\"payload\":{},\"overlap\":\"skip\",\"max_age\":1800}")
    error_message = "The entry point would not know when to leave a run out."
  }
}

run "an_unknown_overlap_is_refused" {
  command = plan
  variables {
    schedules = { hourly = { expression = "rate(1 hour)", overlap = "queue" } }
  }
  expect_failures = [var.schedules]
}

run "a_schedule_keeps_its_zone_and_can_rest" {
  assert {
    condition     = aws_scheduler_schedule.this["nightly"].schedule_expression_timezone == "Europe/Berlin" && aws_scheduler_schedule.this["nightly"].state == "ENABLED"
    error_message = "The schedule fires at another hour, or not at all."
  }

  assert {
    condition     = aws_scheduler_schedule.this["hourly"].schedule_expression_timezone == "UTC" && aws_scheduler_schedule.this["hourly"].state == "DISABLED"
    error_message = "A schedule that shall rest fires."
  }

  assert {
    condition     = output.names == { nightly = "thumbnails-nightly", hourly = "thumbnails-hourly" }
    error_message = "Two jobs of the environment could collide in the group."
  }
}

run "a_run_that_cannot_be_delivered_is_parked" {
  assert {
    condition = alltrue([for schedule in aws_scheduler_schedule.this : schedule.target[0].dead_letter_config[0].arn == var.dead_letter_arn
    && schedule.target[0].retry_policy[0].maximum_event_age_in_seconds == 3600])
    error_message = "An undelivered run would be lost."
  }
}

run "the_role_serves_this_group_and_this_function_only" {
  assert {
    condition = jsondecode(aws_iam_role.this.assume_role_policy).Statement == [{
      Effect    = "Allow"
      Principal = { Service = "scheduler.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = "123456789012", "aws:SourceArn" = "arn:aws:scheduler:eu-west-1:123456789012:schedule-group/clarivum-test" } }
    }]
    error_message = "Schedules of others could take the role."
  }

  assert {
    condition = { for statement in jsondecode(aws_iam_role_policy.this.policy).Statement : statement.Action => statement.Resource } == {
      "lambda:InvokeFunction" = "arn:aws:lambda:eu-west-1:123456789012:function:clarivum-test-thumbnails"
      "sqs:SendMessage"       = "arn:aws:sqs:eu-west-1:123456789012:clarivum-test-thumbnails-dlq"
    }
    error_message = "The role may do more than start its function and park."
  }
}

run "no_schedule_at_all_is_refused" {
  command = plan
  variables {
    schedules = {}
  }
  expect_failures = [var.schedules]
}

run "a_bare_cron_line_is_refused" {
  command = plan
  variables {
    schedules = { nightly = { expression = "30 4 * * ? *" } }
  }
  expect_failures = [var.schedules]
}

run "a_payload_that_is_no_object_is_refused" {
  command = plan
  variables {
    schedules = { nightly = { expression = "rate(1 day)", payload = "[]" } }
  }
  expect_failures = [var.schedules]
}

run "a_name_too_long_with_the_job_before_it_is_refused" {
  command = plan
  variables {
    schedules = { "nightly-and-a-great-deal-more-than-anybody-needs-for-a-name" = { expression = "rate(1 day)" } }
  }
  expect_failures = [var.schedules]
}

run "a_retry_beyond_a_day_is_refused" {
  command = plan
  variables {
    retry = { maximum_event_age = 90000 }
  }
  expect_failures = [var.retry]
}

run "more_tries_than_scheduler_makes_are_refused" {
  command = plan
  variables {
    retry = { maximum_attempts = 186 }
  }
  expect_failures = [var.retry]
}

run "an_account_that_is_no_account_is_refused" {
  command = plan
  variables {
    account_id = "test"
  }
  expect_failures = [var.account_id]
}

run "the_role_stays_within_the_boundary" {
  variables {
    permissions_boundary = "arn:aws:iam::123456789012:policy/boundary"
  }

  assert {
    condition     = aws_iam_role.this.permissions_boundary == "arn:aws:iam::123456789012:policy/boundary"
    error_message = "The schedules' role has no boundary."
  }
}
