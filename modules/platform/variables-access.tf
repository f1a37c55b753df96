variable "permissions_boundary" {
  description = "ARN of the policy that no role of the environment can go beyond; empty for none. The deployer module makes one."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = var.permissions_boundary == "" || can(regex("^arn:[a-z-]+:iam::([0-9]{12}|aws):policy/", var.permissions_boundary))
    error_message = "Give permissions_boundary as the ARN of a policy."
  }
}

variable "isolation" {
  description = "For an environment that must: its own key of KMS (`kms_key_arn`), which then encrypts queues, records, secrets, logs and the functions' variables; and the `vpc` in which functions run (`subnet_ids`, `security_group_ids`), and from which they must reach AWS's interfaces. What the key's policy must say, and what both cost, stands in modules/README.md."
  type = object({
    kms_key_arn = optional(string)
    vpc         = optional(object({ subnet_ids = set(string), security_group_ids = set(string) }))
  })
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for arn in var.isolation.kms_key_arn[*] : can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$", arn))])
    error_message = "Give isolation.kms_key_arn as the ARN of a key: rights are given on keys, not on aliases."
  }

  validation {
    condition     = alltrue([for vpc in var.isolation.vpc[*] : length(vpc.subnet_ids) > 0 && length(vpc.security_group_ids) > 0])
    error_message = "Give isolation.vpc at least one subnet and one security group."
  }
}

variable "closed" {
  description = "Names of the jobs that take nothing new, which producers are told."
  type        = list(string)
  default     = []
  nullable    = false
}
