variable "name" {
  description = "Base of the role name, `{project}-{environment}-{job}`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,55}$", var.name))
    error_message = "Use 1 to 55 letters, digits, hyphens or underscores: IAM allows 64 and the role adds `-schedule`."
  }
}

variable "job" {
  description = "Name of the job; schedule names begin with it."
  type        = string
  nullable    = false
}

variable "group" {
  description = "Schedule group of the environment."
  type        = object({ name = string, arn = string })
  nullable    = false
}

variable "account_id" {
  description = "Account whose schedules may use the role."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "Give account_id as 12 digits."
  }
}

variable "function_arn" {
  description = "Function every schedule invokes."
  type        = string
  nullable    = false
}

variable "dead_letter_arn" {
  description = "Dead-letter queue for the runs that could not be delivered."
  type        = string
  nullable    = false
}

variable "schedules" {
  description = "Schedules by name: a Scheduler `expression`, its IANA `timezone`, whether it is `enabled`, the `payload` as JSON text, whether a run may `overlap` the one before it (`allow` or `skip`), and the `max_age` in seconds after which a run is dropped (0: never)."
  type = map(object({
    expression = string
    timezone   = optional(string, "UTC")
    enabled    = optional(bool, true)
    payload    = optional(string, "{}")
    overlap    = optional(string, "allow")
    max_age    = optional(number, 0)
  }))
  nullable = false

  validation {
    condition     = length(var.schedules) > 0
    error_message = "Give at least one schedule, or leave the module out."
  }

  validation {
    condition     = alltrue([for name in keys(var.schedules) : can(regex("^[0-9a-zA-Z._-]+$", name)) && length("${var.job}-${name}") <= 64])
    error_message = "Shorten the schedule names to letters, digits, dots, hyphens and underscores: with the job's name before it each may have 64 characters."
  }

  validation {
    condition     = alltrue([for schedule in var.schedules : can(regex("^(cron|rate|at)\\(.+\\)$", schedule.expression))])
    error_message = "Write each expression as cron(...), rate(...) or at(...)."
  }

  validation {
    condition     = alltrue([for schedule in var.schedules : contains(["allow", "skip"], schedule.overlap) && schedule.max_age >= 0])
    error_message = "Set overlap to allow or skip, and max_age to 0 seconds or more."
  }

  validation {
    # Without its escapes: jsondecode fails on a key whose escapes are not in normal form C.
    condition     = alltrue([for schedule in var.schedules : can(keys(jsondecode(replace(schedule.payload, "/\\\\(u[0-9A-Fa-f]{4}|.)/", "-"))))])
    error_message = "Give each payload as the text of a JSON object, such as jsonencode({ section = \"all\" })."
  }
}

variable "retry" {
  description = "How long and how often Scheduler tries to deliver one run before it goes to the dead-letter queue."
  type = object({
    maximum_event_age = optional(number, 3600)
    maximum_attempts  = optional(number, 185)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.retry.maximum_event_age >= 60 && var.retry.maximum_event_age <= 86400
    error_message = "Set retry.maximum_event_age between 60 and 86400 seconds."
  }

  validation {
    condition     = var.retry.maximum_attempts >= 0 && var.retry.maximum_attempts <= 185
    error_message = "Set retry.maximum_attempts between 0 and 185."
  }
}

variable "kms_key_arn" {
  description = "ARN of the key that encrypts the dead-letter queue, if it is one of KMS; empty if not."
  type        = string
  default     = ""
  nullable    = false
}

variable "permissions_boundary" {
  description = "ARN of the policy that the role cannot go beyond; empty for none."
  type        = string
  default     = ""
  nullable    = false
}

variable "tags" {
  description = "Tags of the role; Scheduler tags groups, not schedules."
  type        = map(string)
  default     = {}
  nullable    = false
}
