locals {
  project     = "clarivum"
  environment = "dev"
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

  # Nobody waits for anything here: on-call may be empty.
  on_call = { emails = var.on_call_emails, required = false, level = local.alarm_level }
  budget  = var.budget

  # Made and thrown away at will.
  secret_recovery_days   = 0
  point_in_time_recovery = false
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
