mock_provider "aws" {
  source = "../mocks"
}

variables {
  project         = "clarivum"
  environment     = "test"
  artifact_bucket = "clarivum-test-artifacts-123456789012"
  layer           = { artifact = "layers/abc.zip" }
  on_call         = { emails = ["on-call@clarivum.example"] }
}

run "the_record_table_forgets_and_is_protected" {
  assert {
    condition = alltrue([
      aws_dynamodb_table.jobs.name == "clarivum-test-jobs",
      aws_dynamodb_table.jobs.hash_key == "id",
      { for index in aws_dynamodb_table.jobs.global_secondary_index : index.name => index.projection_type } == {
        by-status = "INCLUDE", by-job-id = "KEYS_ONLY"
      },
      one(aws_dynamodb_table.jobs.ttl).attribute_name == "expiration",
      one(aws_dynamodb_table.jobs.ttl).enabled,
      one(aws_dynamodb_table.jobs.point_in_time_recovery).enabled,
      aws_dynamodb_table.jobs.deletion_protection_enabled,
      output.context.deletion_protection,
    ])
    error_message = "Records would pile up, or could be lost."
  }
}

run "only_alarms_of_this_environment_may_call" {
  assert {
    condition = jsondecode(aws_sns_topic_policy.on_call.policy).Statement == [{
      Sid       = "AlarmsOfThisAccount"
      Effect    = "Allow"
      Principal = { Service = "cloudwatch.amazonaws.com" }
      Action    = "sns:Publish"
      Resource  = "arn:aws:sns:eu-west-1:123456789012:clarivum-test-on-call"
      Condition = {
        StringEquals = { "aws:SourceAccount" = "123456789012" }
        ArnLike      = { "aws:SourceArn" = "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:clarivum-test-*" }
      }
    }]
    error_message = "Alarms cannot call, or strangers can."
  }
}

run "secrets_are_made_empty_and_found_by_name" {
  variables {
    secrets = ["api-key"]
  }

  assert {
    condition     = output.secret_names == tolist(["clarivum/test/api-key"]) && join(",", keys(output.context.secret_arns)) == "api-key"
    error_message = "A job would not find its secret."
  }

  assert {
    condition     = aws_secretsmanager_secret.this["api-key"].recovery_window_in_days == 30
    error_message = "A deleted secret would be gone at once."
  }

  assert {
    condition     = aws_sns_topic_subscription.email["on-call@clarivum.example"].protocol == "email"
    error_message = "On-call gets no mail."
  }
}

run "a_producer_may_send_to_queues_and_not_to_dead_letter_queues" {
  assert {
    condition = output.producer.environment == {
      JOBS_QUEUE_BASE_URL = "https://sqs.eu-west-1.amazonaws.com/123456789012/clarivum-test-"
      JOBS_SOURCE         = "clarivum/test"

      JOBS_QUEUE_BASE_ARN    = "arn:aws:sqs:eu-west-1:123456789012:clarivum-test-"
      JOBS_SCHEDULE_GROUP    = "clarivum-test-delayed"
      JOBS_SCHEDULE_ROLE_ARN = aws_iam_role.delayed.arn
    }
    error_message = "A producer would send to another place."
  }

  assert {
    condition = [for statement in jsondecode(output.producer.policy).Statement : "${statement.Effect} ${join(" ", flatten([statement.Action]))} ${statement.Resource}"] == [
      "Allow sqs:SendMessage arn:aws:sqs:eu-west-1:123456789012:clarivum-test-*",
      "Deny sqs:SendMessage arn:aws:sqs:eu-west-1:123456789012:clarivum-test-*-dlq",
      "Allow scheduler:CreateSchedule scheduler:GetSchedule scheduler:DeleteSchedule arn:aws:scheduler:eu-west-1:123456789012:schedule/clarivum-test-delayed/*",
      "Allow iam:PassRole ${aws_iam_role.delayed.arn}",
    ]
    error_message = "A producer may do more than enqueue, now or later, and take that back."
  }

  assert {
    condition     = [for statement in jsondecode(output.producer.policy).Statement : statement.Condition if can(statement.Condition)] == [{ StringEquals = { "iam:PassedToService" = "scheduler.amazonaws.com" } }]
    error_message = "A producer could hand the role to another service than the scheduler."
  }
}

run "a_producer_knows_which_jobs_take_nothing_new" {
  command = plan
  variables {
    closed = ["thumbnails", "mail"]
  }

  assert {
    condition     = output.producer.environment.JOBS_CLOSED == "thumbnails,mail"
    error_message = "A producer would learn of it from a refusal of the queue alone."
  }

  assert {
    condition = [for s in jsondecode(local.producer_policy).Statement : s.Resource if s.Sid == "LeaveClosed" && s.Effect == "Deny"] == [
      ["arn:aws:sqs:eu-west-1:123456789012:clarivum-test-thumbnails", "arn:aws:sqs:eu-west-1:123456789012:clarivum-test-mail"],
    ]
    error_message = "A producer may send to a closed queue."
  }
}

run "an_emulators_queues_are_addressed_at_the_emulator" {
  variables {
    sqs_endpoint = "http://127.0.0.1:4566"
  }

  assert {
    condition     = output.producer.environment.JOBS_QUEUE_BASE_URL == "http://127.0.0.1:4566/123456789012/clarivum-test-"
    error_message = "A producer on a developer's machine would send to AWS."
  }
}

run "the_layer_tells_jobs_what_its_wheels_are_for" {
  assert {
    condition = alltrue([
      output.context.layer_runtime == "python3.13",
      output.context.layer_architecture == "arm64",
      aws_lambda_layer_version.dependencies.s3_key == "layers/abc.zip",
    ])
    error_message = "A job could not tell whether the layer fits."
  }
}

run "a_recovery_of_three_days_is_refused" {
  command = plan
  variables {
    secret_recovery_days = 3
  }
  expect_failures = [var.secret_recovery_days]
}

run "a_secret_with_a_space_in_its_name_is_refused" {
  command = plan
  variables {
    secrets = ["api key"]
  }
  expect_failures = [var.secrets]
}

run "an_address_that_is_no_address_is_refused" {
  command = plan
  variables {
    on_call = { emails = ["on-call"] }
  }
  expect_failures = [var.on_call]
}

run "an_unknown_processor_is_refused" {
  command = plan
  variables {
    layer = { artifact = "layers/abc.zip", architecture = "riscv" }
  }
  expect_failures = [var.layer]
}

run "a_project_in_capitals_is_refused" {
  command = plan
  variables {
    project = "Clarivum"
  }
  expect_failures = [var.project]
}

run "an_environment_with_a_hyphen_is_refused" {
  command = plan
  variables {
    environment = "pre-prod"
  }
  expect_failures = [var.environment]
}

run "roles_stay_within_the_boundary" {
  variables {
    permissions_boundary = "arn:aws:iam::123456789012:policy/boundary"
  }

  assert {
    condition     = aws_iam_role.delayed.permissions_boundary == "arn:aws:iam::123456789012:policy/boundary" && output.context.permissions_boundary == "arn:aws:iam::123456789012:policy/boundary"
    error_message = "A role of the environment has no boundary."
  }
}

run "without_a_boundary_there_is_none" {
  assert {
    condition     = aws_iam_role.delayed.permissions_boundary == null && output.context.permissions_boundary == null
    error_message = "Something that is no boundary is given to roles."
  }
}

run "a_boundary_that_is_no_policy_is_refused" {
  command = plan
  variables {
    permissions_boundary = "boundary"
  }
  expect_failures = [var.permissions_boundary]
}

run "what_people_paused_by_hand_is_told_to_every_job" {
  command = plan

  override_data {
    target = data.aws_ssm_parameters_by_path.pauses
    values = { names = ["/clarivum/test/lifecycle/thumbnails", "/clarivum/test/lifecycle/mail"] }
  }

  assert {
    condition     = join(",", local.paused) == "mail,thumbnails" && data.aws_ssm_parameters_by_path.pauses.path == "/clarivum/test/lifecycle"
    error_message = "A pause is not read, or from another place."
  }
}

run "records_and_secrets_are_encrypted_with_the_key_that_is_given" {
  variables {
    secrets   = ["api-key"]
    isolation = { kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d", vpc = { subnet_ids = ["subnet-a"], security_group_ids = ["sg-a"] } }
  }

  assert {
    condition     = aws_dynamodb_table.jobs.server_side_encryption[0].enabled && aws_dynamodb_table.jobs.server_side_encryption[0].kms_key_arn == "arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d" && aws_secretsmanager_secret.this["api-key"].kms_key_id == "arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d"
    error_message = "Records or secrets are encrypted with another key."
  }

  assert {
    condition     = output.context.kms_key_arn == "arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d" && output.context.vpc.subnet_ids == toset(["subnet-a"]) && output.context.vpc.security_group_ids == toset(["sg-a"])
    error_message = "Jobs do not learn of key or network."
  }

  assert {
    condition = [for policy in [output.producer.policy, aws_iam_role_policy.delayed.policy] : [for s in jsondecode(policy).Statement : "${join(" ", s.Action)} ${s.Resource}" if s.Sid == "UseKey"]] == [
      ["kms:Decrypt kms:GenerateDataKey arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d"], ["kms:Decrypt kms:GenerateDataKey arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d"],
    ]
    error_message = "Producers or delayed schedules cannot fill an encrypted queue."
  }
}

run "an_alias_is_no_key_to_give_rights_on" {
  command = plan
  variables {
    isolation = { kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:alias/jobs" }
  }
  expect_failures = [var.isolation]
}

run "a_network_without_a_security_group_is_refused" {
  command = plan
  variables {
    isolation = { vpc = { subnet_ids = ["subnet-a"], security_group_ids = [] } }
  }
  expect_failures = [var.isolation]
}
