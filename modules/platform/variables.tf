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

variable "on_call_emails" {
  description = "Addresses told of every alarm; each must confirm the mail AWS sends it."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for address in var.on_call_emails : can(regex("^[^@\\s]+@[^@\\s]+$", address))])
    error_message = "Give each address as name@domain."
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
