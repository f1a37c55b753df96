locals {
  project     = "clarivum"
  environment = "local"
  base        = "${local.project}-${local.environment}"
}

data "aws_caller_identity" "current" {}

module "platform" {
  source = "../../modules/platform"

  project         = local.project
  environment     = local.environment
  artifact_bucket = "${local.base}-artifacts-${data.aws_caller_identity.current.account_id}"
  layer           = { artifact = var.artifacts.layer }
  secrets         = local.secrets
  closed          = local.closed
  sqs_endpoint    = var.endpoint

  # The queue of on-call.tf hears of alarms, no person does.
  on_call = { required = false, level = local.alarm_level }

  # A machine that is thrown away protects nothing.
  secret_recovery_days   = 0
  point_in_time_recovery = false
  deletion_protection    = false

  variables = {
    SITE_URL = var.site_url

    # The one place where the site may be on this machine: cache-warming refuses it elsewhere.
    SITE_ON_LOOPBACK = "true"

    # The demo's site stands for everybody whom jobs talk to.
    ANALYTICS_URL  = var.site_url
    CRM_URL        = var.site_url
    ENRICHMENT_URL = var.site_url
    SUPABASE_URL   = var.site_url
  }
}

module "dashboards" {
  source = "../../modules/dashboards"

  platform = module.platform.context
  jobs     = local.jobs
}

module "site" {
  source = "../../modules/bucket"

  name          = "${local.base}-site-${data.aws_caller_identity.current.account_id}"
  force_destroy = true
}

# Exports and documents: what jobs make for people to fetch.
module "data" {
  source = "../../modules/bucket"

  name          = "${local.base}-data-${data.aws_caller_identity.current.account_id}"
  force_destroy = true
}

# One sender only: a mail from any other address is refused, as SES refuses it.
resource "aws_sesv2_email_identity" "hello" {
  email_identity = "hello@${local.project}.example"
}
