variable "platform" {
  description = "The `context` output of the platform module."
  type = object({
    project              = string
    environment          = string
    table_name           = string
    table_arn            = string
    delayed              = object({ group = string, schedules_arn = string, role_arn = string })
    artifact_bucket      = string
    layer_arn            = string
    layer_runtime        = string
    layer_architecture   = string
    secret_arns          = map(string)
    variables            = map(string)
    permissions_boundary = optional(string)
    kms_key_arn          = optional(string)
    vpc                  = optional(object({ subnet_ids = set(string), security_group_ids = set(string) }))
  })
  nullable = false
}

variable "job" {
  description = "Name of the job; it prefixes the job's keys in the record table."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]*$", var.job))
    error_message = "Use lower-case letters, digits and hyphens, beginning with a letter."
  }
}

variable "function" {
  description = "The function: its `artifact` (S3 `key` of the zip and the base64 `sha256` of its content), `runtime`, `architecture`, `handler`, `timeout` (seconds), `memory_size` and `ephemeral_storage` (`/tmp`) in MB, `description`, and the executions that the account keeps free for it (`reserved_concurrency`; left out, none)."
  type = object({
    artifact             = object({ key = string, sha256 = string })
    description          = string
    runtime              = string
    architecture         = string
    handler              = string
    timeout              = number
    memory_size          = number
    ephemeral_storage    = optional(number, 512)
    reserved_concurrency = optional(number)
  })
  nullable = false

  validation {
    condition     = var.function.timeout >= 1 && var.function.timeout <= 900
    error_message = "Set timeout between 1 and 900 seconds; decompose work that lasts longer."
  }

  validation {
    condition     = var.function.memory_size >= 128 && var.function.memory_size <= 10240
    error_message = "Set memory_size between 128 and 10240 MB."
  }

  validation {
    condition     = var.function.ephemeral_storage >= 512 && var.function.ephemeral_storage <= 10240
    error_message = "Set ephemeral_storage between 512 and 10240 MB."
  }

  validation {
    condition     = var.function.reserved_concurrency == null || coalesce(var.function.reserved_concurrency, 0) >= 2
    error_message = "Set reserved_concurrency to 2 or more, or leave it out: with 0 the function is switched off, and 1 is fewer than a queue's least."
  }

  validation {
    condition     = contains(["arm64", "x86_64"], var.function.architecture)
    error_message = "Set architecture to arm64 or x86_64."
  }

  validation {
    condition     = length(var.function.handler) <= 128 && can(regex("^[^\\s]+\\.[^\\s.]+$", var.function.handler))
    error_message = "Give handler as module.function without spaces, 128 characters at most."
  }

  validation {
    condition     = length(var.function.description) <= 256
    error_message = "Shorten the description to 256 characters, which is what Lambda keeps."
  }
}
