locals {
  project     = "clarivum"
  environment = "prod"
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

  # Queues and table outlive a mistake: a destroy or a rename is refused until this is false.
  secret_recovery_days   = 30
  point_in_time_recovery = true
  deletion_protection    = true
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
  force_destroy = false
}

# Exports and documents: what jobs make for people to fetch.
module "data" {
  source = "../../modules/bucket"

  name          = "${local.base}-data-${var.account_id}"
  force_destroy = false
}

resource "aws_sesv2_email_identity" "mail" {
  email_identity = var.mail_domain

  # Another identity has other keys in DNS. And with this a `terraform destroy` of the whole root is
  # refused when it is planned.
  lifecycle {
    prevent_destroy = true
  }
}
