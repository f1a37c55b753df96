output "queue" {
  description = "The job's queue: `name`, `arn`, `url`."
  value       = { name = module.queue.name, arn = module.queue.arn, url = module.queue.url }
}

output "dead_letter_queue" {
  description = "The job's dead-letter queue: `name`, `arn`, `url`."
  value       = { name = module.queue.dead_letter_name, arn = module.queue.dead_letter_arn, url = module.queue.dead_letter_url }
}

output "function_name" {
  description = "Name of the job's function."
  value       = module.worker.function_name
}

output "role_arn" {
  description = "ARN of the function's role, for a grant made outside the manifest."
  value       = module.worker.role_arn
}

output "log_group" {
  description = "Name of the function's log group."
  value       = module.worker.log_group
}

output "mapping_id" {
  description = "UUID of the event source mapping; disabling it pauses the job."
  value       = module.worker.mapping_id
}

output "alarms" {
  description = "Alarm names by what they watch."
  value       = module.alarms.names
}

output "schedules" {
  description = "Names of the job's schedules in the environment's group, by schedule."
  value       = merge(module.schedule[*].names...)
}

output "protected" {
  description = "Whether the queues, and so the whole job, refuse to be removed."
  value       = local.protect
}

output "watched" {
  description = "What the dashboards module shows of the job: names, limits, and where the alarms begin to ring."
  value = {
    queue_name             = module.queue.name
    dead_letter_queue_name = module.queue.dead_letter_name
    function_name          = module.worker.function_name
    metrics_namespace      = module.worker.metrics_namespace
    timeout                = var.function.timeout
    concurrency            = var.polling.maximum_concurrency
    schedules              = sort(keys(var.schedules))
    thresholds             = module.alarms.thresholds
    alarm_arns             = values(module.alarms.arns)
  }
}
