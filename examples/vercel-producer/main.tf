# A site on Vercel enqueues with a role that its deployments take by their OIDC token: there is no
# key to keep or to lose. Previews and production each take their own role, in their own account.
provider "aws" {
  region = "eu-west-1"
}

variable "platform" {
  description = "The `context` output of the environment's platform module."
  type        = any
  nullable    = false
}

variable "library" {
  description = "The platform module's `producer.environment`: what the library reads."
  type        = map(string)
  nullable    = false
}

# An account has one identity provider a team; leave this out where it is there already.
module "issuers" {
  source = "../../modules/issuers"

  vercel_teams = ["shop"]
}

module "site" {
  source = "../../modules/producer"

  name      = "shop-prod-producer-site"
  platform  = var.platform
  variables = var.library
  jobs      = ["send-receipt"]

  trust = {
    vercel = [{ team = "shop", project = "website", environments = ["production"] }]
  }

  depends_on = [module.issuers]
}

output "variables" {
  description = "What the project on Vercel is given as environment variables."
  value       = module.site.variables
}
