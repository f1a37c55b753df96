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

variable "closed" {
  description = "Names of the jobs that take nothing new, which producers are told."
  type        = list(string)
  default     = []
  nullable    = false
}
