locals {
  # Only a worker that may enqueue is told where: all queues of the environment share a beginning.
  sending = length(var.enqueues) == 0 ? {} : {
    JOBS_ENQUEUES          = join(",", var.enqueues)
    JOBS_QUEUE_BASE_URL    = trimsuffix(var.queue.url, var.job)
    JOBS_QUEUE_BASE_ARN    = trimsuffix(var.queue.arn, var.job)
    JOBS_SCHEDULE_GROUP    = var.platform.delayed.group
    JOBS_SCHEDULE_ROLE_ARN = var.platform.delayed.role_arn
  }

  # A run of a schedule comes beside the queue's.
  started_at_once = var.polling.maximum_concurrency + (var.scheduled ? 1 : 0)

  metrics_namespace = "${replace(title(var.platform.project), "-", "")}Jobs"

  # A job may speak over its environment, neither over the runtime.
  environment = merge(var.platform.variables, var.variables, local.sending, local.conflicts, local.recorded, {
    JOB_NAME                  = var.job
    JOB_ENVIRONMENT           = var.platform.environment
    JOB_QUEUE_URL             = var.queue.url
    JOB_DEAD_LETTER_QUEUE_URL = var.queue.dead_letter_url
    JOB_MAX_ATTEMPTS          = tostring(var.retry.max_attempts)
    JOB_MAX_RECEIVES          = tostring(var.retry.max_receives)
    JOB_MESSAGE_RETENTION     = tostring(var.queue.message_retention)
    JOB_BACKOFF_BASE          = tostring(var.retry.base)
    JOB_BACKOFF_CAP           = tostring(var.retry.cap)
    JOB_VISIBILITY_TIMEOUT    = tostring(var.queue.visibility_timeout)
    JOB_RECORD_RETENTION      = tostring(var.idempotency.retention)
    JOB_SECRETS               = jsonencode(local.secret_arns)

    JOBS_TABLE  = var.platform.table_name
    JOBS_SOURCE = "${var.platform.project}/${var.platform.environment}/${var.job}"

    POWERTOOLS_SERVICE_NAME      = var.job
    POWERTOOLS_METRICS_NAMESPACE = local.metrics_namespace
    POWERTOOLS_LOG_LEVEL         = var.logs.level
  })

  recorded  = var.idempotency.record_name == "" ? {} : { JOB_RECORD_NAME = var.idempotency.record_name }
  conflicts = var.idempotency.on_conflict == "tell" ? {} : { JOB_ON_CONFLICT = var.idempotency.on_conflict }

  secret_arns = {
    for name in var.secrets : name => var.platform.secret_arns[name] if contains(keys(var.platform.secret_arns), name)
  }
}

# Made before the function: a function that logs first would make its own, kept for ever.
resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/lambda/${var.queue.name}"
  retention_in_days = var.logs.retention_days
  kms_key_id        = var.platform.kms_key_arn
  tags              = var.tags
}

# Each change of code, layer or settings becomes a version, which nobody can change any more; the
# alias names the one that runs. The hash lets a plan see code that was edited by hand.
resource "aws_lambda_function" "this" {
  function_name = var.queue.name
  description   = var.function.description
  role          = aws_iam_role.this.arn
  s3_bucket     = var.platform.artifact_bucket
  s3_key        = var.function.artifact.key
  layers        = [var.platform.layer_arn]
  runtime       = var.function.runtime
  architectures = [var.function.architecture]
  handler       = var.function.handler
  timeout       = var.function.timeout
  memory_size   = var.function.memory_size
  publish       = true
  tags          = var.tags

  kms_key_arn                    = var.platform.kms_key_arn
  source_code_hash               = var.function.artifact.sha256
  reserved_concurrent_executions = coalesce(var.function.reserved_concurrency, -1)

  environment {
    variables = local.environment
  }

  dynamic "vpc_config" {
    for_each = var.platform.vpc == null ? [] : [var.platform.vpc]

    content {
      subnet_ids         = vpc_config.value.subnet_ids
      security_group_ids = vpc_config.value.security_group_ids
    }
  }

  ephemeral_storage {
    size = var.function.ephemeral_storage
  }

  logging_config {
    log_format = var.logs.format
    log_group  = aws_cloudwatch_log_group.this.name

    # Lambda takes a line that says no level, as metrics are, for INFO: it must let those through.
    application_log_level = var.logs.format == "Text" ? null : var.logs.level == "DEBUG" ? "DEBUG" : "INFO"
    system_log_level      = var.logs.format == "Text" ? null : "INFO"
  }

  tracing_config {
    mode = "Active"
  }

  lifecycle {
    precondition {
      condition     = var.function.runtime == var.platform.layer_runtime && var.function.architecture == var.platform.layer_architecture
      error_message = "Use ${var.platform.layer_runtime} on ${var.platform.layer_architecture}: the dependency layer holds compiled wheels for nothing else."
    }

    precondition {
      condition     = var.function.reserved_concurrency == null || coalesce(var.function.reserved_concurrency, 0) >= local.started_at_once
      error_message = "Raise reserved_concurrency to ${local.started_at_once} or more, which the queue and a schedule may start: a message that is received and then throttled has used up a receive."
    }

    precondition {
      condition     = alltrue([for name in var.secrets : contains(keys(var.platform.secret_arns), name)])
      error_message = "Declare the secrets ${join(", ", var.secrets)} in the platform module's `secrets` first."
    }

    precondition {
      condition     = sum([for name, value in local.environment : length(name) + length(value)]) <= 4096
      error_message = "Shorten the environment variables: Lambda takes 4096 bytes of names and values together."
    }
  }

  # Lambda checks at creation that the role may trace.
  depends_on = [aws_cloudwatch_log_group.this, aws_iam_role_policy.this]
}

# What queue and schedules start: a deploy moves it once all of the new version is there, and
# `make rollback` moves it back.
resource "aws_lambda_alias" "live" {
  name             = "live"
  description      = "The version that the job's queue and schedules start."
  function_name    = aws_lambda_function.this.function_name
  function_version = aws_lambda_function.this.version
}
