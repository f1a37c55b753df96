# Who enqueues from outside: nobody, unless `producers` names them. Each gets a role of its own.
variable "producers" {
  description = "Services that enqueue, by name: the `jobs` that each may enqueue, and whom its role trusts (modules/trust)."
  type = map(object({
    jobs = set(string)
    trust = object({
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
  }))
  default  = {}
  nullable = false
}

variable "permissions_boundary" {
  description = "ARN of the boundary that modules/deployer made, that no role here can go beyond; empty for none."
  type        = string
  default     = ""
  nullable    = false
}

module "producer" {
  source   = "../../modules/producer"
  for_each = var.producers

  name      = "${local.base}-producer-${each.key}"
  platform  = module.platform.context
  variables = module.platform.producer.environment
  jobs      = each.value.jobs
  trust     = each.value.trust
}

output "producers" {
  description = "Environment variables of each service that enqueues, its role among them."
  value       = { for name, producer in module.producer : name => producer.variables }
}
