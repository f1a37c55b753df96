variable "platform" {
  description = "The `context` output of the platform module: what every job of the environment shares."
  type = object({
    project              = string
    environment          = string
    account_id           = string
    region               = string
    partition            = string
    table_name           = string
    table_arn            = string
    topic_arn            = string
    schedule_group       = object({ name = string, arn = string })
    delayed              = object({ group = string, schedules_arn = string, role_arn = string })
    artifact_bucket      = string
    layer_arn            = string
    layer_runtime        = string
    layer_architecture   = string
    secret_arns          = map(string)
    variables            = map(string)
    deletion_protection  = bool
    runbook_url          = optional(string, "docs/runbook.md")
    permissions_boundary = optional(string)
    paused               = optional(list(string), [])
  })
  nullable = false
}

variable "artifact" {
  description = "The function's zip: its S3 `key` in the platform's artifact bucket, and the base64 `sha256` of its content."
  type        = object({ key = string, sha256 = string })
  nullable    = false
}

variable "name" {
  description = "Name of the job."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", var.name)) && !endswith(var.name, "-dlq")
    error_message = "Use lower-case words joined by single hyphens, not ending in -dlq, which dead-letter queues do."
  }

  validation {
    condition     = length("${var.platform.project}-${var.platform.environment}-${var.name}") <= 55
    error_message = "Shorten the job's name: with project and environment before it, it may have 55 characters, because a role's name adds `-schedule` and IAM allows 64."
  }
}

variable "description" {
  description = "What the job does, one sentence."
  type        = string
  nullable    = false
}

variable "owner" {
  description = "Team that answers for the job; it becomes the `Owner` tag."
  type        = string
  nullable    = false
}

variable "state" {
  description = "`active`, or `retired`: the job is about to be removed, and its queues no longer refuse it."
  type        = string
  default     = "active"
  nullable    = false

  validation {
    condition     = contains(["active", "retired"], var.state)
    error_message = "Set state to active or retired."
  }
}

variable "runtime" {
  description = "Lambda runtime; the dependency layer is made for one."
  type        = string
  default     = "python3.13"
  nullable    = false
}

variable "architecture" {
  description = "Processor of the function: `arm64` or `x86_64`; the dependency layer is made for one."
  type        = string
  default     = "arm64"
  nullable    = false
}

variable "handler" {
  description = "Entry point as `module.function`."
  type        = string
  nullable    = false
}

variable "timeout" {
  description = "Seconds one run may last."
  type        = number
  default     = 30
  nullable    = false
}

variable "memory_size" {
  description = "Memory of the function in MB; processor time grows with it."
  type        = number
  default     = 256
  nullable    = false
}
