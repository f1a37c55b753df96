variable "name" {
  description = "Base of the alarm names, `{project}-{environment}-{job}`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,200}$", var.name))
    error_message = "Use 1 to 200 letters, digits, hyphens or underscores."
  }
}

variable "queue_name" {
  description = "Queue whose oldest message is watched."
  type        = string
  nullable    = false
}

variable "dead_letter_queue_name" {
  description = "Dead-letter queue whose depth is watched."
  type        = string
  nullable    = false
}

variable "function_name" {
  description = "Function whose errors and throttles are watched."
  type        = string
  nullable    = false
}

variable "topic_arn" {
  description = "SNS topic told when an alarm starts and when it ends."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[^:]+:sns:", var.topic_arn))
    error_message = "Give topic_arn as the ARN of an SNS topic."
  }
}

variable "thresholds" {
  description = "Values from which the alarms ring: dead letters waiting, seconds the oldest message waits, and errors and throttles in five minutes."
  type = object({
    dead_letters   = optional(number, 1)
    oldest_message = optional(number, 7200)
    errors         = optional(number, 5)
    throttles      = optional(number, 5)
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
