locals {
  base = "${var.platform.project}-${var.platform.environment}-${var.name}"
  tags = merge({ Job = var.name, Owner = var.owner }, local.retired ? { Lifecycle = "retired" } : {})

  # Deployments let a queue go whose tags, as they were before, say that its job is retired.
  retired = var.state == "retired"
  protect = var.platform.deletion_protection && !local.retired

  # Not every receive becomes an attempt: throttling uses them up, and so does waiting for another
  # delivery of equal work. The worker counts its attempts itself and expects this many more
  # receives (SPARE_RECEIVES of the library); SQS is only the backstop.
  spare_receives = 5
}

module "queue" {
  source = "../queue"

  name                  = local.base
  location              = var.platform
  visibility_timeout    = var.visibility_timeout
  delay                 = var.delay
  message_retention     = var.message_retention
  dead_letter_retention = var.dead_letter_retention
  max_receive_count     = var.max_attempts + local.spare_receives
  protect               = local.protect
  tags                  = local.tags
}

module "worker" {
  source = "../worker"

  platform           = var.platform
  job                = var.name
  record_retention   = var.record_retention
  on_conflict        = var.on_conflict
  log_retention_days = var.log_retention_days
  variables          = var.variables
  secrets            = var.secrets
  enqueues           = var.enqueues
  scheduled          = length(var.schedules) > 0
  statements         = var.statements
  tags               = local.tags

  function = {
    artifact     = var.artifact
    description  = var.description
    runtime      = var.runtime
    architecture = var.architecture
    handler      = var.handler
    timeout      = var.timeout
    memory_size  = var.memory_size
  }

  queue = {
    name               = module.queue.name
    arn                = module.queue.arn
    url                = module.queue.url
    dead_letter_arn    = module.queue.dead_letter_arn
    dead_letter_url    = module.queue.dead_letter_url
    visibility_timeout = var.visibility_timeout
  }

  polling = {
    maximum_concurrency = var.maximum_concurrency
    batch_size          = var.batch_size
    batch_window        = var.batch_window
  }

  retry = {
    max_attempts = var.max_attempts
    base         = var.backoff.base
    cap          = var.backoff.cap
  }
}

module "schedule" {
  source = "../schedule"
  count  = length(var.schedules) > 0 ? 1 : 0

  name            = local.base
  job             = var.name
  group           = var.platform.schedule_group
  account_id      = var.platform.account_id
  function_arn    = module.worker.live_arn
  dead_letter_arn = module.queue.dead_letter_arn
  schedules       = var.schedules
  tags            = local.tags
}

module "alarms" {
  source = "../alarms"

  name                   = local.base
  queue_name             = module.queue.name
  dead_letter_queue_name = module.queue.dead_letter_name
  function_name          = module.worker.function_name
  topic_arn              = var.platform.topic_arn
  thresholds             = var.alarms
  tags                   = local.tags
}
