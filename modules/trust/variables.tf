variable "account" {
  description = "Account the role lives in: its `id` and `partition`."
  type        = object({ id = string, partition = optional(string, "aws") })
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account.id))
    error_message = "Give account.id as 12 digits."
  }
}

variable "trust" {
  description = "Who may take the role. `github`: workflows of a `repository` that run in one of its `environments`, on one of its `branches`, or for `pull_requests`. `vercel`: functions of a `team`'s `project` in its `environments`. `principals`: ARNs of roles and users, where one `*` at the end stands for the marks that IAM Identity Center adds to a role's name."
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

  validation {
    condition     = length(var.trust.github) + length(var.trust.vercel) + length(var.trust.principals) > 0
    error_message = "Name somebody in trust: a role that nobody can take is of no use."
  }

  validation {
    condition     = alltrue([for source in var.trust.github : can(regex("^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$", source.repository))])
    error_message = "Name each GitHub repository as owner/name, without wildcards."
  }

  validation {
    condition     = alltrue([for source in var.trust.github : length(source.environments) + length(source.branches) > 0 || source.pull_requests])
    error_message = "Say which environments or branches of a GitHub repository, or that its pull_requests: a whole repository is anybody who may push a branch."
  }

  validation {
    condition     = alltrue(flatten([for source in var.trust.github : [for name in concat(source.environments, source.branches) : can(regex("^[A-Za-z0-9._/-]+$", name))]]))
    error_message = "Name GitHub environments and branches without wildcards and colons."
  }

  validation {
    condition     = alltrue(flatten([for source in var.trust.vercel : [for name in [source.team, source.project] : can(regex("^[a-z0-9][a-z0-9._-]*$", name))]]))
    error_message = "Name Vercel's team and project as their addresses do, in lower case."
  }

  validation {
    condition = alltrue([for source in var.trust.vercel : length(source.environments) > 0 && alltrue([
      for name in source.environments : contains(["production", "preview", "development"], name)
    ])])
    error_message = "Vercel's environments are production, preview and development; name at least one."
  }

  validation {
    condition     = alltrue([for arn in var.trust.principals : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:(role|user)/[A-Za-z0-9+=,.@_/-]{3,}[*]?$", arn))])
    error_message = "Give principals as ARNs of roles or users, with a `*` at the very end at most."
  }
}
