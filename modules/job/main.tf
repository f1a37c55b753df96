locals {
  base = "${var.platform.project}-${var.platform.environment}-${var.name}"
  tags = merge({ Job = var.name, Owner = var.owner }, var.state == "active" ? {} : { Lifecycle = var.state })

  # Deployments let a queue go whose tags, as they were before, say that its job is retired.
  retired = var.state == "retired"
  protect = var.platform.deletion_protection && !local.retired

  # Somebody has stopped the job by hand, and a deploy keeps that. Its alarms stay as they are.
  paused = var.state == "paused" || contains(var.platform.paused, var.name)
  rests  = local.paused || var.state != "active"

  # What was promised still arrives where nothing new is taken: a worker's chain, a one-time
  # schedule, and a dead letter that people replay.
  _roles = "arn:${var.platform.partition}:iam::${var.platform.account_id}:role/${var.platform.project}-${var.platform.environment}"
  senders = contains(["draining", "retired"], var.state) ? [
    "${local._roles}-*-worker",
    "${local._roles}-delayed",
    "${local._roles}/*-act",
  ] : []

  # Not every receive becomes an attempt. The worker counts its attempts itself; an hour of receives
  # in vain is bearable, and in a batch others may take the time (`max_receives` of the library).
  # SQS is only the backstop.
  in_vain      = max(10, ceil(3600 / max(var.queue.visibility_timeout, 1)) + 2)
  for_batch    = min(2 * (var.polling.batch_size - 1), 100)
  max_receives = min(var.retry.max_attempts + local.in_vain + local.for_batch, 1000)
}

module "queue" {
  source = "../queue"

  name                  = local.base
  location              = var.platform
  visibility_timeout    = var.queue.visibility_timeout
  delay                 = var.queue.delay
  message_retention     = var.queue.message_retention
  dead_letter_retention = var.queue.dead_letter_retention
  max_receive_count     = local.max_receives
  protect               = local.protect
  senders               = local.senders
  kms_key_arn           = join("", var.platform.kms_key_arn[*])
  tags                  = local.tags
}

module "worker" {
  source = "../worker"

  platform    = var.platform
  job         = var.name
  function    = merge(var.function, { description = var.description })
  variables   = var.variables
  logs        = var.logs
  polling     = merge(var.polling, { enabled = !local.paused })
  retry       = merge(var.retry, { max_receives = local.max_receives })
  idempotency = var.idempotency
  secrets     = var.access.secrets
  enqueues    = var.access.enqueues
  statements  = var.access.statements
  scheduled   = length(var.schedules) > 0
  tags        = local.tags

  queue = {
    name               = module.queue.name
    arn                = module.queue.arn
    url                = module.queue.url
    dead_letter_arn    = module.queue.dead_letter_arn
    dead_letter_url    = module.queue.dead_letter_url
    visibility_timeout = var.queue.visibility_timeout
    message_retention  = var.queue.message_retention
  }
}

module "schedule" {
  source = "../schedule"
  count  = length(var.schedules) > 0 ? 1 : 0

  name                 = local.base
  job                  = var.name
  group                = var.platform.schedule_group
  account_id           = var.platform.account_id
  function_arn         = module.worker.live_arn
  dead_letter_arn      = module.queue.dead_letter_arn
  schedules            = { for name, schedule in var.schedules : name => merge(schedule, { enabled = schedule.enabled && !local.rests }) }
  kms_key_arn          = join("", var.platform.kms_key_arn[*])
  permissions_boundary = var.platform.permissions_boundary
  tags                 = local.tags
}

module "alarms" {
  source = "../alarms"

  name                   = local.base
  level                  = var.alarms.level
  queue_name             = module.queue.name
  dead_letter_queue_name = module.queue.dead_letter_name
  function_name          = module.worker.function_name
  metrics_namespace      = module.worker.metrics_namespace
  schedule_group         = var.platform.schedule_group.name
  schedules              = { for name, schedule in var.schedules : name => schedule if schedule.enabled && var.state == "active" }
  topic_arn              = var.platform.topic_arn
  runbook_url            = var.platform.runbook_url
  thresholds             = var.alarms
  tags                   = local.tags

  job = {
    name        = var.name
    environment = var.platform.environment
    owner       = var.owner
    timeout     = var.function.timeout
    enqueues    = length(var.access.enqueues) > 0
  }
}
