locals {
  project     = "clarivum"
  environment = "staging"
  base        = "${local.project}-${local.environment}"
}

module "platform" {
  source = "../../modules/platform"

  project         = local.project
  environment     = local.environment
  artifact_bucket = "${local.base}-artifacts-${var.account_id}"
  layer           = { artifact = var.artifacts.layer }
  secrets         = local.secrets
  closed          = local.closed
  on_call         = { emails = var.on_call_emails, level = local.alarm_level }
  budget          = var.budget

  # Made like prod, but it may be taken down.
  secret_recovery_days   = 7
  point_in_time_recovery = true
  deletion_protection    = false
  permissions_boundary   = var.permissions_boundary

  variables = merge(var.parties, { SITE_URL = var.site_url })
}

module "dashboards" {
  source = "../../modules/dashboards"

  platform = module.platform.context
  jobs     = local.jobs
}

module "site" {
  source = "../../modules/bucket"

  name          = "${local.base}-site-${var.account_id}"
  force_destroy = true
}

# Exports and documents: what jobs make for people to fetch.
module "data" {
  source = "../../modules/bucket"

  name          = "${local.base}-data-${var.account_id}"
  force_destroy = true
}

resource "aws_sesv2_email_identity" "mail" {
  count = var.shares_mail_domain ? 0 : 1

  email_identity = var.mail_domain
}

data "aws_sesv2_email_identity" "shared" {
  count = var.shares_mail_domain ? 1 : 0

  email_identity = var.mail_domain
}
