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

run "a_timeout_above_a_quarter_of_an_hour_is_refused" {
  command = plan
  variables {
    function = merge(var.function, { timeout = 901 })
  }
  expect_failures = [var.function]
}

run "less_memory_than_lambda_gives_is_refused" {
  command = plan
  variables {
    function = merge(var.function, { memory_size = 64 })
  }
  expect_failures = [var.function]
}

run "an_unknown_processor_is_refused" {
  command = plan
  variables {
    function = merge(var.function, { architecture = "riscv" })
  }
  expect_failures = [var.function]
}

run "a_handler_without_a_module_is_refused" {
  command = plan
  variables {
    function = merge(var.function, { handler = "handler" })
  }
  expect_failures = [var.function]
}

run "a_description_longer_than_lambda_keeps_is_refused" {
  command = plan
  variables {
    function = merge(var.function, { description = join("", [for _ in range(257) : "a"]) })
  }
  expect_failures = [var.function]
}

run "a_concurrency_below_two_is_refused" {
  command = plan
  variables {
    polling = { maximum_concurrency = 1 }
  }
  expect_failures = [var.polling]
}

run "a_batch_of_none_is_refused" {
  command = plan
  variables {
    polling = { batch_size = 0 }
  }
  expect_failures = [var.polling]
}

run "a_window_above_five_minutes_is_refused" {
  command = plan
  variables {
    polling = { batch_window = 301 }
  }
  expect_failures = [var.polling]
}

run "a_large_batch_without_a_window_is_refused" {
  command = plan
  variables {
    polling = { batch_size = 11 }
  }
  expect_failures = [var.polling]
}

run "a_cap_below_the_first_wait_is_refused" {
  command = plan
  variables {
    retry = { max_attempts = 5, max_receives = 26, base = 10, cap = 5 }
  }
  expect_failures = [var.retry]
}

run "a_record_that_is_not_kept_is_refused" {
  command = plan
  variables {
    idempotency = { retention = 0 }
  }
  expect_failures = [var.idempotency]
}

run "a_log_retention_cloudwatch_does_not_know_is_refused" {
  command = plan
  variables {
    logs = { retention_days = 31 }
  }
  expect_failures = [var.logs]
}

run "an_unknown_level_of_logs_is_refused" {
  command = plan
  variables {
    logs = { level = "WARN" }
  }
  expect_failures = [var.logs]
}

run "an_unknown_format_of_logs_is_refused" {
  command = plan
  variables {
    logs = { format = "json" }
  }
  expect_failures = [var.logs]
}

run "an_unknown_answer_to_a_conflict_is_refused" {
  command = plan
  variables {
    idempotency = { retention = 1555200, on_conflict = "drop" }
  }
  expect_failures = [var.idempotency]
}

run "less_room_on_disk_than_lambda_gives_is_refused" {
  command = plan
  variables {
    function = merge(var.function, { ephemeral_storage = 511 })
  }
  expect_failures = [var.function]
}

run "more_room_on_disk_than_lambda_gives_is_refused" {
  command = plan
  variables {
    function = merge(var.function, { ephemeral_storage = 10241 })
  }
  expect_failures = [var.function]
}

run "a_function_that_is_switched_off_is_refused" {
  command = plan
  variables {
    function = merge(var.function, { reserved_concurrency = 0 })
  }
  expect_failures = [var.function]
}

run "fewer_reserved_runs_than_the_queue_may_start_are_refused" {
  command = plan
  variables {
    function = merge(var.function, { reserved_concurrency = 4 })
    polling  = { maximum_concurrency = 5 }
  }
  expect_failures = [aws_lambda_function.this]
}

run "no_reserved_run_for_a_schedule_beside_the_queues_is_refused" {
  command = plan
  variables {
    function  = merge(var.function, { reserved_concurrency = 5 })
    polling   = { maximum_concurrency = 5 }
    scheduled = true
  }
  expect_failures = [aws_lambda_function.this]
}

run "a_variable_with_a_hyphen_is_refused" {
  command = plan
  variables {
    variables = { SITE-URL = "x" }
  }
  expect_failures = [var.variables]
}

run "a_variable_of_the_runtime_is_refused" {
  command = plan
  variables {
    variables = { JOBS_TABLE = "x" }
  }
  expect_failures = [var.variables]
}

run "a_job_in_capitals_is_refused" {
  command = plan
  variables {
    job = "Thumbnails"
  }
  expect_failures = [var.job]
}
