variable "variables" {
  description = "Environment variables of the function beside the runtime's own. Never a secret: `secrets` is for those."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.variables) : can(regex("^[a-zA-Z][a-zA-Z0-9_]+$", name))])
    error_message = "Name variables with two or more letters, digits and underscores, beginning with a letter."
  }

  validation {
    condition     = alltrue([for name in keys(var.variables) : !can(regex("^(AWS_|LAMBDA_|JOB_|JOBS_|POWERTOOLS_)", name))])
    error_message = "Rename the variable: AWS_, LAMBDA_, JOB_, JOBS_ and POWERTOOLS_ belong to Lambda and the runtime."
  }
}

variable "secrets" {
  description = "Names of the platform's secrets the function may read."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "enqueues" {
  description = "Names of the jobs of this environment that the function may enqueue, also with a delay."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for name in var.enqueues : can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", name)) && !endswith(name, "-dlq")])
    error_message = "Name jobs, in lower-case words joined by single hyphens; dead-letter queues take no messages from handlers."
  }
}

variable "scheduled" {
  description = "Whether schedules start the function, which then puts their runs on its own queue."
  type        = bool
  default     = false
  nullable    = false
}

variable "statements" {
  description = "What else the role may do: IAM `actions` on `resources`, under `conditions` (operator, key, values)."
  type = list(object({
    actions    = list(string)
    resources  = list(string)
    conditions = optional(map(map(list(string))), {})
  }))
  default  = []
  nullable = false

  validation {
    condition     = alltrue([for statement in var.statements : length(statement.actions) > 0 && length(statement.resources) > 0])
    error_message = "Give every statement at least one action and one resource."
  }

  validation {
    condition     = !contains(flatten(var.statements[*].actions), "*")
    error_message = "Name the actions; `*` would allow the role everything."
  }
}

variable "tags" {
  description = "Tags of the function, its role, its log group and its mapping."
  type        = map(string)
  default     = {}
  nullable    = false
}
