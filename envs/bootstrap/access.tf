# Rights that a person gives, because a deploy cannot give them to itself. All of it is off until
# `<environment>.tfvars` here asks for it; `make bootstrap` reads that file.
locals {
  location = { account_id = var.account_id, region = var.region }
}

variable "issuers" {
  description = "Identity providers to make: for workflows on `github`, and for each of the `vercel_teams`. An account has one of each: only one environment of it makes them."
  type        = object({ github = optional(bool, false), vercel_teams = optional(set(string), []) })
  default     = {}
  nullable    = false
}

variable "deployer" {
  description = "Whom the roles that `plan` and `apply` trust, and what else they need (modules/deployer); null for no such roles."
  type = object({
    trust              = object({ plan = any, apply = any })
    mail_domains       = optional(set(string), [])
    disposable_buckets = optional(set(string), [])
    granted            = optional(list(object({ actions = list(string), resources = list(string) })), [])
  })
  default = null
}

variable "operator" {
  description = "Whom the roles that `read` and `act` trust (modules/operator); null for no such roles."
  type        = object({ trust = object({ read = any, act = any }) })
  default     = null
}

variable "isolation" {
  description = "What the `isolation` of the environment's platform says: the key that encrypts (`kms_key_arn`), and whether functions run in a `vpc`."
  type        = object({ kms_key_arn = optional(string), vpc = optional(bool, false) })
  default     = {}
  nullable    = false
}

module "issuers" {
  source = "../../modules/issuers"

  github       = var.issuers.github
  vercel_teams = var.issuers.vercel_teams
}

module "deployer" {
  source = "../../modules/deployer"
  count  = var.deployer == null ? 0 : 1

  project            = var.project
  environment        = var.environment
  location           = local.location
  trust              = var.deployer.trust
  mail_domains       = var.deployer.mail_domains
  disposable_buckets = var.deployer.disposable_buckets
  isolation          = { kms_key_arn = var.isolation.kms_key_arn, vpc = var.isolation.vpc }
  granted            = var.deployer.granted

  depends_on = [module.issuers]
}

module "operator" {
  source = "../../modules/operator"
  count  = var.operator == null ? 0 : 1

  project     = var.project
  environment = var.environment
  location    = local.location
  trust       = var.operator.trust
  kms_key_arn = join("", var.isolation.kms_key_arn[*])

  depends_on = [module.issuers]
}

output "roles" {
  description = "ARNs of the roles of deployments and of people, by what they do."
  value       = merge(concat(module.deployer[*].role_arns, module.operator[*].role_arns)...)
}

output "permissions_boundary" {
  description = "The environment's `permissions_boundary`; empty where there is none."
  value       = one(concat(module.deployer[*].permissions_boundary, [for _ in range(var.deployer == null ? 1 : 0) : ""]))
}
