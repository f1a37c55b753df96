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
    kms_key_arn          = optional(string)
    vpc                  = optional(object({ subnet_ids = set(string), security_group_ids = set(string) }))
    paused               = optional(list(string), [])
  })
  nullable = false
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
  description = "Where the job stands: `active`; `paused`, its queue keeps what comes; `draining`, its queue takes nothing new; or `retired`, which also lets its queues be removed."
  type        = string
  default     = "active"
  nullable    = false

  validation {
    condition     = contains(["active", "paused", "draining", "retired"], var.state)
    error_message = "Set state to active, paused, draining or retired."
  }
}

variable "function" {
  description = "The function: its `artifact` (S3 `key` of the zip in the platform's artifact bucket, and the base64 `sha256` of its content), `handler` as `module.function`, `runtime` and `architecture`, which are those of the dependency layer, `timeout` of one run in seconds, `memory_size` and `ephemeral_storage` (`/tmp`) in MB, and the executions that the account keeps free for it (`reserved_concurrency`; left out, none)."
  type = object({
    artifact             = object({ key = string, sha256 = string })
    handler              = string
    runtime              = optional(string, "python3.13")
    architecture         = optional(string, "arm64")
    timeout              = optional(number, 30)
    memory_size          = optional(number, 256)
    ephemeral_storage    = optional(number, 512)
    reserved_concurrency = optional(number)
  })
  nullable = false
}

variable "variables" {
  description = "Environment variables of the function beside the runtime's and the platform's. Never a secret."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "logs" {
  description = "Days the log group keeps a line (`retention_days`), the `level` from which the function writes one, and the `format` of Lambda's own lines, `Text` or `JSON`."
  type = object({
    retention_days = optional(number, 30)
    level          = optional(string, "INFO")
    format         = optional(string, "Text")
  })
  default  = {}
  nullable = false
}
