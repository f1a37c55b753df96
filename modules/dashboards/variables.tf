variable "platform" {
  description = "The `context` output of the platform module; its project, environment, region and schedule groups are used."
  type = object({
    project        = string
    environment    = string
    region         = string
    schedule_group = object({ name = string, arn = string })
    delayed        = object({ group = string, schedules_arn = string, role_arn = string })
  })
  nullable = false
}

variable "jobs" {
  description = "The `watched` outputs of the jobs, by name."
  type = map(object({
    queue_name             = string
    dead_letter_queue_name = string
    function_name          = string
    metrics_namespace      = string
    timeout                = number
    concurrency            = number
    schedules              = list(string)
    thresholds             = map(number)
    alarm_arns             = list(string)
  }))
  nullable = false
}
