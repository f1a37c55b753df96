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
  description = "Who may `plan` and who may `apply`; each as the trust module takes it."
  type        = object({ plan = any, apply = any })
  nullable    = false
}

variable "mail_domains" {
  description = "Domains that the environment sends mails from: the SES identities that a deploy may make."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for domain in var.mail_domains : can(regex("^[a-z0-9.-]+\\.[a-z]+$", domain))])
    error_message = "Give domains such as clarivum.example, without wildcards."
  }
}

variable "granted" {
  description = "What handlers are granted beside the runtime's own needs, the most that any `permissions` of jobs.yaml may say: IAM `actions` on `resources`."
  type        = list(object({ actions = list(string), resources = list(string) }))
  default     = []
  nullable    = false

  validation {
    condition     = alltrue(flatten([for statement in var.granted : [for action in statement.actions : !can(regex("^(\\*|iam:|sts:|organizations:)", action))]]))
    error_message = "Leave iam, sts and organizations out of granted: with them a handler could reach beyond the boundary."
  }
}

variable "disposable_buckets" {
  description = "Last words of the names of buckets that `force_destroy` lets go with their objects, such as `site`: a take-down empties them."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for use in var.disposable_buckets : can(regex("^[a-z]+$", use)) && !contains(["state", "artifacts", "logs"], use)])
    error_message = "Name buckets of the environment's root by one word: state, artifacts and logs outlive it."
  }
}

variable "isolation" {
  description = "What the platform's `isolation` says: the `kms_key_arn`, and whether functions run in a `vpc`."
  type        = object({ kms_key_arn = optional(string), vpc = optional(bool, false) })
  default     = {}
  nullable    = false
}

variable "tags" {
  description = "Tags of the roles and of the boundary."
  type        = map(string)
  default     = {}
  nullable    = false
}
