variable "name" {
  description = "Name of the role, such as `clarivum-prod-site`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_+=,.@-]{1,64}$", var.name))
    error_message = "Use 1 to 64 letters, digits and _+=,.@-."
  }
}

variable "platform" {
  description = "The `context` output of the platform module."
  type = object({
    project              = string
    environment          = string
    account_id           = string
    region               = string
    partition            = string
    delayed              = object({ schedules_arn = string, role_arn = string })
    permissions_boundary = optional(string)
    kms_key_arn          = optional(string)
    closed               = optional(list(string), [])
  })
  nullable = false
}

variable "variables" {
  description = "What the library reads: `producer.environment` of the platform module."
  type        = map(string)
  nullable    = false
}

variable "jobs" {
  description = "Jobs that may be enqueued, and no others."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.jobs) > 0
    error_message = "Name at least one job."
  }

  validation {
    condition     = alltrue([for name in var.jobs : can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", name)) && !endswith(name, "-dlq")])
    error_message = "Name jobs as jobs.yaml does, without wildcards; dead-letter queues take no messages from producers."
  }
}

variable "trust" {
  description = "Who may take the role; see the trust module."
  type = object({
    github = optional(list(object({
      repository    = string
      environments  = optional(list(string), [])
      branches      = optional(list(string), [])
      pull_requests = optional(bool, false)
    })), [])
    vercel = optional(list(object({
      team         = string
      project      = string
      environments = optional(list(string), ["production"])
    })), [])
    principals = optional(list(string), [])
  })
  nullable = false
}

variable "max_session_duration" {
  description = "Seconds for which credentials are good at most."
  type        = number
  default     = 3600
  nullable    = false

  validation {
    condition     = var.max_session_duration >= 3600 && var.max_session_duration <= 43200
    error_message = "IAM takes 3600 to 43200 seconds."
  }
}

variable "tags" {
  description = "Tags of the role."
  type        = map(string)
  default     = {}
  nullable    = false
}
