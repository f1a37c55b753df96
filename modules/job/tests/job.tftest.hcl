mock_provider "aws" {
  source = "../mocks"
}

variables {
  name        = "thumbnails"
  description = "Make thumbnails."
  owner       = "web"
  function = {
    artifact = { key = "functions/thumbnails/abc.zip", sha256 = "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=" }
    handler  = "generated.entrypoints.thumbnails.lambda_handler"
  }
  platform = {
    project             = "clarivum"
    environment         = "test"
    account_id          = "123456789012"
    region              = "eu-west-1"
    partition           = "aws"
    table_name          = "clarivum-test-jobs"
    table_arn           = "arn:aws:dynamodb:eu-west-1:123456789012:table/clarivum-test-jobs"
    topic_arn           = "arn:aws:sns:eu-west-1:123456789012:clarivum-test-on-call"
    schedule_group      = { name = "clarivum-test", arn = "arn:aws:scheduler:eu-west-1:123456789012:schedule-group/clarivum-test" }
    delayed             = { group = "clarivum-test-delayed", schedules_arn = "arn:aws:scheduler:eu-west-1:123456789012:schedule/clarivum-test-delayed", role_arn = "arn:aws:iam::123456789012:role/clarivum-test-delayed" }
    artifact_bucket     = "clarivum-test-artifacts-123456789012"
    layer_arn           = "arn:aws:lambda:eu-west-1:123456789012:layer:clarivum-test-dependencies:1"
    layer_runtime       = "python3.13"
    layer_architecture  = "arm64"
    secret_arns         = {}
    variables           = {}
    deletion_protection = false
  }
}

run "a_job_is_a_queue_a_worker_and_its_alarms_under_one_name" {
  assert {
    condition     = output.queue.name == "clarivum-test-thumbnails" && output.dead_letter_queue.name == "clarivum-test-thumbnails-dlq"
    error_message = "The queues have another name."
  }

  assert {
    condition     = output.function_name == "clarivum-test-thumbnails" && output.log_group == "/aws/lambda/clarivum-test-thumbnails"
    error_message = "The function has another name."
  }

  assert {
    condition     = length(output.alarms) == 8 && output.schedules == {}
    error_message = "An alarm is missing, or a schedule came from nowhere."
  }
}

run "a_job_with_a_schedule_gets_it_in_the_environments_group" {
  variables {
    schedules = { nightly = { expression = "cron(30 4 * * ? *)", timezone = "Europe/Berlin" } }
  }

  assert {
    condition     = output.schedules == { nightly = "thumbnails-nightly" }
    error_message = "The schedule is missing or has another name."
  }
}

run "a_protected_job_refuses_to_go_and_says_so_first" {
  variables {
    platform = merge(var.platform, { deletion_protection = true })
  }

  assert {
    condition = jsondecode(aws_sns_topic.guard.policy).Statement == [
      { Sid = "CarriesNothing", Effect = "Deny", Principal = "*", Action = "sns:Publish", Resource = "arn:aws:sns:eu-west-1:123456789012:clarivum-test-thumbnails-guard" },
      { Sid = "KeepJob", Effect = "Deny", Principal = "*", Action = "sns:DeleteTopic", Resource = "arn:aws:sns:eu-west-1:123456789012:clarivum-test-thumbnails-guard" },
    ]
    error_message = "The guard of a protected job can be removed, or carries messages."
  }

  assert {
    condition     = output.protected && aws_sns_topic.guard.tags == tomap({ Job = "thumbnails", Owner = "web" })
    error_message = "A job of a protected environment is not protected, or looks retired."
  }
}

run "a_retired_job_may_go" {
  variables {
    platform = merge(var.platform, { deletion_protection = true })
    state    = "retired"
  }

  assert {
    condition     = !output.protected && [for statement in jsondecode(aws_sns_topic.guard.policy).Statement : statement.Sid] == ["CarriesNothing"]
    error_message = "A retired job refuses to go."
  }

  assert {
    condition     = aws_sns_topic.guard.tags == tomap({ Job = "thumbnails", Owner = "web", Lifecycle = "retired" })
    error_message = "A deployment could not tell that the job is retired."
  }
}

run "a_job_of_an_open_environment_may_go" {
  assert {
    condition     = !output.protected && [for statement in jsondecode(aws_sns_topic.guard.policy).Statement : statement.Sid] == ["CarriesNothing"]
    error_message = "A job that nobody protects refuses to go."
  }
}

run "a_paused_job_takes_messages_and_rests" {
  variables {
    state     = "paused"
    schedules = { nightly = { expression = "cron(30 4 * * ? *)", watch = { due = "MINUTE(runs) >= 0", periods = 75 } } }
  }

  assert {
    condition     = !module.worker.enabled && !module.schedule[0].enabled["nightly"] && length([for name in keys(output.alarms) : name if startswith(name, "missed")]) == 0
    error_message = "A paused job works, or its schedules fire, or somebody is called for their rest."
  }

  assert {
    condition     = length(local.senders) == 0
    error_message = "A paused job takes no messages."
  }
}

run "a_draining_job_works_off_what_it_has_and_takes_nothing_new" {
  variables {
    state     = "draining"
    schedules = { nightly = { expression = "cron(30 4 * * ? *)" } }
  }

  assert {
    condition     = module.worker.enabled && !module.schedule[0].enabled["nightly"]
    error_message = "A draining job stands still, or its schedules fire."
  }

  assert {
    condition = jsonencode(local.senders) == jsonencode([
      "arn:aws:iam::123456789012:role/clarivum-test-*-worker",
      "arn:aws:iam::123456789012:role/clarivum-test-delayed",
      "arn:aws:iam::123456789012:role/clarivum-test/*-act",
    ])
    error_message = "A draining job takes new messages, or refuses what was promised."
  }
}

run "an_unknown_state_is_refused" {
  command = plan
  variables {
    state = "tired"
  }
  expect_failures = [var.state]
}

run "the_alarms_of_a_job_know_its_schedules_level_and_owner" {
  variables {
    alarms = { level = "quiet" }
    schedules = {
      nightly = { expression = "cron(30 4 * * ? *)", watch = { due = "MINUTE(runs) >= 0", periods = 75 } }
      hourly  = { expression = "cron(0 * * * ? *)", enabled = false, watch = { due = "MINUTE(runs) >= 0", periods = 75 } }
    }
  }

  assert {
    condition     = join(" ", keys(output.alarms)) == "dead-letters errors missed.nightly oldest-message"
    error_message = "A schedule that is off would ring, or one that is on would not."
  }
}

run "a_name_too_long_for_its_role_is_refused" {
  command = plan
  variables {
    name = "thumbnails-of-every-picture-anybody-ever-sent"
  }
  expect_failures = [var.name]
}

run "a_name_that_looks_like_a_dead_letter_queue_is_refused" {
  command = plan
  variables {
    name = "thumbnails-dlq"
  }
  expect_failures = [var.name]
}

run "a_name_in_capitals_is_refused" {
  command = plan
  variables {
    name = "Thumbnails"
  }
  expect_failures = [var.name]
}

run "a_record_that_a_replay_outlives_is_refused" {
  command = plan
  variables {
    idempotency = { retention = 1555199 }
  }
  expect_failures = [var.idempotency]
}

run "a_queue_that_is_replaced_replaces_the_guard" {
  plan_options {
    replace = [module.queue.aws_sqs_queue.main]
  }

  override_resource {
    target = module.queue.aws_sqs_queue.main
    values = { arn = "arn:aws:sqs:eu-west-1:123456789012:another" }
  }

  assert {
    condition     = aws_sns_topic.guard.name == "another-guard"
    error_message = "The guard would stay, and the queue go before anything refuses."
  }
}
