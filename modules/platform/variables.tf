variable "project" {
  description = "Name of the project, the first word of every name."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", var.project))
    error_message = "Use lower-case words joined by single hyphens."
  }
}

variable "environment" {
  description = "Name of the environment, the second word of every name."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*$", var.environment))
    error_message = "Use one lower-case word, such as dev."
  }
}

variable "artifact_bucket" {
  description = "Bucket the zips of the functions and of the layer were uploaded to."
  type        = string
  nullable    = false
}

variable "layer" {
  description = "The dependency layer: `artifact` (S3 key of its zip), and the `runtime` and `architecture` its compiled wheels are for."
  type = object({
    artifact     = string
    runtime      = optional(string, "python3.13")
    architecture = optional(string, "arm64")
  })
  nullable = false

  validation {
    condition     = contains(["arm64", "x86_64"], var.layer.architecture)
    error_message = "Set layer.architecture to arm64 or x86_64."
  }
}

variable "secrets" {
  description = "Names of the secrets to make, empty: their values are put in by hand and never pass through Terraform."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for name in var.secrets : can(regex("^[A-Za-z0-9/_+=.@-]{1,400}$", name))])
    error_message = "Name secrets with 1 to 400 letters, digits and /_+=.@-."
  }
}

variable "secret_recovery_days" {
  description = "Days a deleted secret can be brought back; 0 deletes at once and frees the name."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = var.secret_recovery_days == 0 || (var.secret_recovery_days >= 7 && var.secret_recovery_days <= 30)
    error_message = "Set secret_recovery_days to 0, or between 7 and 30."
  }
}

variable "on_call" {
  description = "Who hears of what: the `emails` told of every alarm (each must confirm the mail AWS sends it), whether somebody is `required`, the `level` of the environment's own alarms (`full`, `quiet` or `off`), their `owner`, and the `runbook_url` that every alarm names."
  type = object({
    emails      = optional(set(string), [])
    required    = optional(bool, true)
    level       = optional(string, "full")
    owner       = optional(string, "platform")
    runbook_url = optional(string, "docs/runbook.md")
  })
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for address in var.on_call.emails : can(regex("^[^@\\s]+@[^@\\s]+$", address))])
    error_message = "Give each address as name@domain."
  }

  validation {
    condition     = length(var.on_call.emails) > 0 || !var.on_call.required
    error_message = "Give at least one address in on_call.emails: nobody would hear of an alarm. Only an environment for trying things out sets on_call.required = false."
  }

  validation {
    condition     = contains(["off", "quiet", "full"], var.on_call.level)
    error_message = "Set on_call.level to off, quiet or full."
  }

  validation {
    condition     = can(regex("^[^\\s#]{1,200}$", var.on_call.runbook_url))
    error_message = "Give on_call.runbook_url without spaces and anchor, in at most 200 characters."
  }
}

variable "budget" {
  description = "USD a month: those of `on_call.emails` are told at 80 % of it, and when 100 % are to be expected. 0 for no budget."
  type        = number
  default     = 0
  nullable    = false

  validation {
    condition     = var.budget >= 0
    error_message = "Set budget to 0 or more USD a month."
  }
}

variable "point_in_time_recovery" {
  description = "Let the record table be restored to any second of the last 35 days."
  type        = bool
  default     = true
  nullable    = false
}

variable "deletion_protection" {
  description = "Refuse to delete the record table and every job that is not retired, Terraform's own destroys included."
  type        = bool
  default     = true
  nullable    = false
}

variable "variables" {
  description = "Environment variables every function gets."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "sqs_endpoint" {
  description = "Beginning of queue URLs for producers; empty for AWS's own endpoint."
  type        = string
  default     = ""
  nullable    = false
}
