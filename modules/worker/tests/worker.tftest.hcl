mock_provider "aws" {
  source = "../mocks"
}

variables {
  job         = "thumbnails"
  retry       = { max_attempts = 5, max_receives = 26, base = 10, cap = 900 }
  idempotency = { retention = 1555200 }
  platform = {
    project            = "clarivum"
    environment        = "test"
    table_name         = "clarivum-test-jobs"
    table_arn          = "arn:aws:dynamodb:eu-west-1:123456789012:table/clarivum-test-jobs"
    delayed            = { group = "clarivum-test-delayed", schedules_arn = "arn:aws:scheduler:eu-west-1:123456789012:schedule/clarivum-test-delayed", role_arn = "arn:aws:iam::123456789012:role/clarivum-test-delayed" }
    artifact_bucket    = "clarivum-test-artifacts-123456789012"
    layer_arn          = "arn:aws:lambda:eu-west-1:123456789012:layer:clarivum-test-dependencies:1"
    layer_runtime      = "python3.13"
    layer_architecture = "arm64"
    secret_arns        = { api-key = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:clarivum/test/api-key-AbCdEf", other = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:clarivum/test/other-AbCdEf" }
    variables          = { SITE_URL = "https://www.clarivum.example" }
  }
  function = {
    artifact     = { key = "functions/thumbnails/abc.zip", sha256 = "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=" }
    description  = "Make thumbnails."
    runtime      = "python3.13"
    architecture = "arm64"
    handler      = "generated.entrypoints.thumbnails.lambda_handler"
    timeout      = 30
    memory_size  = 256
  }
  queue = {
    name               = "clarivum-test-thumbnails"
    arn                = "arn:aws:sqs:eu-west-1:123456789012:clarivum-test-thumbnails"
    url                = "https://sqs.eu-west-1.amazonaws.com/123456789012/clarivum-test-thumbnails"
    dead_letter_arn    = "arn:aws:sqs:eu-west-1:123456789012:clarivum-test-thumbnails-dlq"
    dead_letter_url    = "https://sqs.eu-west-1.amazonaws.com/123456789012/clarivum-test-thumbnails-dlq"
    visibility_timeout = 180
    message_retention  = 345600
  }
}

run "the_runtime_finds_its_settings_in_the_environment" {
  variables {
    secrets   = ["api-key"]
    variables = { SITE_URL = "https://preview.clarivum.example" }
  }

  assert {
    condition = aws_lambda_function.this.environment[0].variables == tomap({
      JOB_NAME                     = "thumbnails"
      JOB_ENVIRONMENT              = "test"
      JOB_QUEUE_URL                = "https://sqs.eu-west-1.amazonaws.com/123456789012/clarivum-test-thumbnails"
      JOB_DEAD_LETTER_QUEUE_URL    = "https://sqs.eu-west-1.amazonaws.com/123456789012/clarivum-test-thumbnails-dlq"
      JOB_MAX_ATTEMPTS             = "5"
      JOB_MAX_RECEIVES             = "26"
      JOB_MESSAGE_RETENTION        = "345600"
      JOB_BACKOFF_BASE             = "10"
      JOB_BACKOFF_CAP              = "900"
      JOB_VISIBILITY_TIMEOUT       = "180"
      JOB_RECORD_RETENTION         = "1555200"
      JOB_SECRETS                  = "{\"api-key\":\"arn:aws:secretsmanager:eu-west-1:123456789012:secret:clarivum/test/api-key-AbCdEf\"}"
      JOBS_TABLE                   = "clarivum-test-jobs"
      JOBS_SOURCE                  = "clarivum/test/thumbnails"
      POWERTOOLS_SERVICE_NAME      = "thumbnails"
      POWERTOOLS_METRICS_NAMESPACE = "ClarivumJobs"
      POWERTOOLS_LOG_LEVEL         = "INFO"
      SITE_URL                     = "https://preview.clarivum.example"
    })
    error_message = "The environment is not what the runtime reads."
  }
}

run "a_job_that_enqueues_others_is_told_where" {
  variables {
    enqueues = ["thumbnails", "mail"]
  }

  assert {
    condition = { for name, value in aws_lambda_function.this.environment[0].variables : name => value if startswith(name, "JOBS_") } == {
      JOBS_TABLE             = "clarivum-test-jobs"
      JOBS_SOURCE            = "clarivum/test/thumbnails"
      JOBS_ENQUEUES          = "mail,thumbnails"
      JOBS_QUEUE_BASE_URL    = "https://sqs.eu-west-1.amazonaws.com/123456789012/clarivum-test-"
      JOBS_QUEUE_BASE_ARN    = "arn:aws:sqs:eu-west-1:123456789012:clarivum-test-"
      JOBS_SCHEDULE_GROUP    = "clarivum-test-delayed"
      JOBS_SCHEDULE_ROLE_ARN = "arn:aws:iam::123456789012:role/clarivum-test-delayed"
    }
    error_message = "The handler could not enqueue, now or with a delay."
  }
}

run "queue_and_schedules_start_the_version_that_the_alias_names" {
  assert {
    condition     = aws_lambda_function.this.publish && aws_lambda_function.this.source_code_hash == var.function.artifact.sha256 && aws_lambda_function.this.s3_key == var.function.artifact.key
    error_message = "Code, layer and settings would not change together, or a hand edit of the code would not be seen."
  }

  assert {
    condition     = aws_lambda_alias.live.name == "live" && aws_lambda_alias.live.function_name == aws_lambda_function.this.function_name && aws_lambda_alias.live.function_version == aws_lambda_function.this.version
    error_message = "A deploy would not let the new version run."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.this.function_name == aws_lambda_alias.live.arn && aws_lambda_function_event_invoke_config.this.qualifier == "live" && output.live_arn == aws_lambda_alias.live.arn
    error_message = "A rollback would not reach the queue, the schedules, or failed runs."
  }
}

run "messages_are_answered_one_by_one_and_limited_in_number" {
  assert {
    condition     = aws_lambda_event_source_mapping.this.function_response_types == toset(["ReportBatchItemFailures"])
    error_message = "One failed message would bring its whole batch back."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.this.scaling_config[0].maximum_concurrency == 5
    error_message = "The function could take all of the account's concurrency."
  }
}

run "a_run_nobody_waits_for_ends_in_the_dead_letter_queue" {
  assert {
    condition     = aws_lambda_function_event_invoke_config.this.destination_config[0].on_failure[0].destination == var.queue.dead_letter_arn
    error_message = "A failed run of a schedule would be lost."
  }
}

run "a_function_has_what_lambda_gives_unless_it_asks_for_more" {
  assert {
    condition = (
      aws_lambda_function.this.ephemeral_storage[0].size == 512 &&
      aws_lambda_function.this.reserved_concurrent_executions == -1 &&
      aws_lambda_function.this.logging_config[0].log_format == "Text" &&
      aws_lambda_function.this.logging_config[0].log_group == "/aws/lambda/clarivum-test-thumbnails" &&
      aws_lambda_function.this.environment[0].variables["POWERTOOLS_LOG_LEVEL"] == "INFO"
    )
    error_message = "Disk, reserved executions or logs are other than a plain function's."
  }
}

run "a_function_has_the_disk_and_the_executions_it_asks_for" {
  variables {
    function = merge(var.function, { ephemeral_storage = 2048, reserved_concurrency = 5 })
  }

  assert {
    condition     = aws_lambda_function.this.ephemeral_storage[0].size == 2048 && aws_lambda_function.this.reserved_concurrent_executions == 5
    error_message = "The function has another disk, or shares its executions."
  }
}

run "a_reserved_run_for_a_schedule_beside_the_queues_is_enough" {
  command = plan
  variables {
    function  = merge(var.function, { reserved_concurrency = 6 })
    polling   = { maximum_concurrency = 5 }
    scheduled = true
  }

  assert {
    condition     = aws_lambda_function.this.reserved_concurrent_executions == 6
    error_message = "What the queue and a schedule may start is not reserved."
  }
}

run "lines_in_json_let_metrics_through_whatever_the_level" {
  variables {
    logs = { level = "ERROR", format = "JSON" }
  }

  assert {
    condition = (
      aws_lambda_function.this.logging_config[0].log_format == "JSON" &&
      aws_lambda_function.this.logging_config[0].application_log_level == "INFO" &&
      aws_lambda_function.this.logging_config[0].system_log_level == "INFO" &&
      aws_lambda_function.this.environment[0].variables["POWERTOOLS_LOG_LEVEL"] == "ERROR"
    )
    error_message = "Lambda would drop metrics, or the function writes what it should not."
  }
}

run "lines_in_json_show_what_is_debugged" {
  variables {
    logs = { level = "DEBUG", format = "JSON" }
  }

  assert {
    condition     = aws_lambda_function.this.logging_config[0].application_log_level == "DEBUG"
    error_message = "Lambda would drop what is asked for."
  }
}

run "the_log_group_forgets" {
  assert {
    condition     = aws_cloudwatch_log_group.this.name == "/aws/lambda/clarivum-test-thumbnails" && aws_cloudwatch_log_group.this.retention_in_days == 30
    error_message = "Lambda would make its own log group and keep it for ever."
  }
}

run "a_visibility_timeout_below_the_timeout_is_refused" {
  command = plan
  variables {
    polling = { batch_size = 20, batch_window = 151 }
  }
  expect_failures = [aws_lambda_event_source_mapping.this]
}

run "code_for_another_processor_than_the_layer_is_refused" {
  command = plan
  variables {
    function = merge(var.function, { architecture = "x86_64" })
  }
  expect_failures = [aws_lambda_function.this]
}

run "an_unknown_secret_is_refused" {
  command = plan
  variables {
    secrets = ["nobody-knows"]
  }
  expect_failures = [aws_lambda_function.this]
}

run "an_environment_above_four_kilobytes_is_refused" {
  command = plan
  variables {
    variables = { LONG = join("", [for _ in range(512) : "12345678"]) }
  }
  expect_failures = [aws_lambda_function.this]
}

run "a_worker_that_is_paused_takes_nothing_from_its_queue" {
  command = plan

  variables {
    polling = { enabled = false }
  }

  assert {
    condition     = !aws_lambda_event_source_mapping.this.enabled
    error_message = "The mapping of a paused job is on."
  }
}

run "a_worker_takes_from_its_queue_unless_it_is_told_not_to" {
  command = plan

  assert {
    condition     = aws_lambda_event_source_mapping.this.enabled
    error_message = "The mapping is off."
  }
}
