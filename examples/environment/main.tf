# A whole environment by hand: what all jobs share, two jobs, one dashboard each for throughput and
# for errors, and somebody who is told.
provider "aws" {
  region = "eu-west-1"
}

module "platform" {
  source = "../../modules/platform"

  project         = "shop"
  environment     = "prod"
  artifact_bucket = var.artifacts.bucket
  layer           = { artifact = var.artifacts.layer }
  secrets         = ["crm-token"]
  on_call         = { emails = var.on_call_emails, runbook_url = "https://wiki.shop.example/runbook" }
  budget          = 50

  point_in_time_recovery = true
  deletion_protection    = true
}

# Every night it finds the orders of the day and enqueues a receipt for each.
module "close_day" {
  source = "../../modules/job"

  platform    = module.platform.context
  name        = "close-day"
  description = "Enqueue a receipt for each order of the day."
  owner       = "finance"

  function = {
    artifact    = var.artifacts.functions["close-day"]
    handler     = "generated.entrypoints.close_day.lambda_handler"
    timeout     = 300
    memory_size = 512
  }

  queue = { visibility_timeout = 1800 }
  access = {
    secrets  = ["crm-token"]
    enqueues = ["send-receipt"]
  }

  schedules = {
    nightly = {
      expression = "cron(30 4 * * ? *)"
      timezone   = "Europe/Berlin"
      payload    = jsonencode({ shop = "all" })
      overlap    = "skip"
    }
  }
}

module "send_receipt" {
  source = "../../modules/job"

  platform    = module.platform.context
  name        = "send-receipt"
  description = "Mail the receipt of an order, with the order as a PDF."
  owner       = "finance"

  # A PDF is laid out on disk, and the mail service takes ten requests at once.
  function = {
    artifact          = var.artifacts.functions["send-receipt"]
    handler           = "generated.entrypoints.send_receipt.lambda_handler"
    timeout           = 60
    ephemeral_storage = 1024
  }

  queue   = { visibility_timeout = 360, message_retention = 172800 }
  polling = { maximum_concurrency = 10 }
  retry   = { max_attempts = 8, base = 30 }

  variables = { MAIL_FROM = "receipts@shop.example" }
  access = {
    statements = [{
      actions    = ["ses:SendEmail"]
      resources  = ["arn:aws:ses:${module.platform.region}:${module.platform.account_id}:identity/shop.example"]
      conditions = { StringEquals = { "ses:FromAddress" = ["receipts@shop.example"] } }
    }]
  }
}

module "dashboards" {
  source = "../../modules/dashboards"

  platform = module.platform.context
  jobs     = { close-day = module.close_day.watched, send-receipt = module.send_receipt.watched }
}
