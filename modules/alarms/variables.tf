variable "name" {
  description = "Base of the alarm names, `{project}-{environment}-{job}`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,180}$", var.name))
    error_message = "Use 1 to 180 letters, digits, hyphens or underscores."
  }
}

variable "job" {
  description = "What is watched: the job's `name`, its `environment`, the `owner` whom an alarm names, the `timeout` of an invocation in seconds, and whether the function `enqueues` other jobs."
  type = object({
    name        = string
    environment = string
    owner       = string
    timeout     = number
    enqueues    = optional(bool, false)
  })
  nullable = false

  validation {
    condition     = length(var.job.owner) >= 1 && length(var.job.owner) <= 200
    error_message = "Name the owner in 1 to 200 characters: an alarm's description has 1024."
  }
}

variable "level" {
  description = "Which alarms there are: `full`, `quiet` (what loses or stops work: dead letters, the oldest message, crashes, missed runs) or `off`."
  type        = string
  default     = "full"
  nullable    = false

  validation {
    condition     = contains(["off", "quiet", "full"], var.level)
    error_message = "Set level to off, quiet or full."
  }
}

variable "queue_name" {
  description = "Queue whose messages are watched."
  type        = string
  nullable    = false
}

variable "dead_letter_queue_name" {
  description = "Dead-letter queue whose depth and growth are watched."
  type        = string
  nullable    = false
}

variable "function_name" {
  description = "Function whose errors, throttles and lost runs are watched."
  type        = string
  nullable    = false
}

variable "metrics_namespace" {
  description = "CloudWatch namespace that the worker counts in."
  type        = string
  nullable    = false
}

variable "schedule_group" {
  description = "Name of the group of the job's schedules."
  type        = string
  nullable    = false
}

variable "schedules" {
  description = "The job's schedules by name. What `watch` says is watched: `due` is an expression of metric math that is 1 in each period (seconds) in which a run may be missing, `steps` are further expressions by id that it builds on, and `periods` is how many of them in a row, due and without one of the `runs`, are a miss."
  type = map(object({
    watch = optional(object({
      steps   = optional(map(string), {})
      due     = string
      period  = optional(number, 60)
      periods = number
    }))
  }))
  default  = {}
  nullable = false

  validation {
    condition = alltrue([for schedule in var.schedules :
      schedule.watch == null ? true : schedule.watch.period * schedule.watch.periods <= (schedule.watch.period < 3600 ? 86400 : 604800)
    ])
    error_message = "Shorten period * periods of each watch: CloudWatch looks back a day in periods below an hour, and seven days in longer ones."
  }
}

variable "topic_arn" {
  description = "SNS topic told when an alarm starts and, except for missed runs, when it ends."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[^:]+:sns:", var.topic_arn))
    error_message = "Give topic_arn as the ARN of an SNS topic."
  }
}

variable "runbook_url" {
  description = "Where the runbook is; each alarm adds the anchor of its chapter."
  type        = string
  default     = "docs/runbook.md"
  nullable    = false

  validation {
    condition     = can(regex("^[^\\s#]{1,200}$", var.runbook_url))
    error_message = "Give runbook_url without spaces and anchor, in at most 200 characters."
  }
}

variable "thresholds" {
  description = "Values from which the alarms ring: dead letters, seconds the oldest message waits, and errors and throttles in five minutes."
  type = object({
    dead_letters   = optional(number, 1)
    oldest_message = optional(number, 7200)
    errors         = optional(number, 1)
    throttles      = optional(number, 1)
  })
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for value in values(var.thresholds) : value >= 1])
    error_message = "Set each threshold to 1 or more: below 1 an alarm would ring all the time."
  }
}

variable "tags" {
  description = "Tags of the alarms."
  type        = map(string)
  default     = {}
  nullable    = false
}
