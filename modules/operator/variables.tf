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

variable "location" {
  description = "Where the environment lives: `account_id`, `region` and `partition`."
  type        = object({ account_id = string, region = string, partition = optional(string, "aws") })
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.location.account_id))
    error_message = "Give location.account_id as 12 digits."
  }
}

variable "trust" {
  description = "Who may `read` and who may `act`; each as the trust module takes it."
  type        = object({ read = any, act = any })
  nullable    = false
}

variable "kms_key_arn" {
  description = "ARN of the environment's own key of KMS, as the platform's `isolation` names it; empty for none."
  type        = string
  default     = ""
  nullable    = false
}

variable "tags" {
  description = "Tags of the roles."
  type        = map(string)
  default     = {}
  nullable    = false
}
