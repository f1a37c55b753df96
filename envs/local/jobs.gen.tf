# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: 292c20bfee08b7bacbc5e35df9ab64473748fb7a3bd565238836b8681564003f

locals {
  secrets = ["analytics-api-key", "crm-token", "enrichment-api-key", "supabase-service-key"]
}

module "lead_enrichment" {
  source = "../../modules/job"

  platform = module.platform.context
  artifact = var.artifacts.functions["lead-enrichment"]

  name        = "lead-enrichment"
  description = "Complete a captured lead from the enrichment provider and write it back."
  owner       = "growth"

  runtime      = "python3.13"
  architecture = "arm64"
  handler      = "generated.entrypoints.lead_enrichment.lambda_handler"
  timeout      = 30
  memory_size  = 256

  visibility_timeout    = 180
  max_attempts          = 5
  maximum_concurrency   = 4
  batch_size            = 1
  batch_window          = 0
  delay                 = 0
  message_retention     = 345600
  dead_letter_retention = 1209600
  record_retention      = 1555200
  log_retention_days    = 30
  backoff               = { base = 1, cap = 2 }
  alarms                = { dead_letters = 1, errors = 1, oldest_message = 7200, throttles = 5 }

  secrets = ["crm-token", "enrichment-api-key", "supabase-service-key"]
}

module "email_fulfillment" {
  source = "../../modules/job"

  platform = module.platform.context
  artifact = var.artifacts.functions["email-fulfillment"]

  name        = "email-fulfillment"
  description = "Send one transactional e-mail, such as a lead magnet or a receipt."
  owner       = "growth"

  runtime      = "python3.13"
  architecture = "arm64"
  handler      = "generated.entrypoints.email_fulfillment.lambda_handler"
  timeout      = 20
  memory_size  = 256

  visibility_timeout    = 120
  max_attempts          = 5
  maximum_concurrency   = 5
  batch_size            = 1
  batch_window          = 0
  delay                 = 0
  message_retention     = 345600
  dead_letter_retention = 1209600
  record_retention      = 1555200
  log_retention_days    = 30
  backoff               = { base = 1, cap = 2 }
  alarms                = { dead_letters = 1, errors = 1, oldest_message = 7200, throttles = 5 }

  variables = {
    DATA_BUCKET = "clarivum-local-data-${module.platform.account_id}"
    MAIL_DOMAIN = "clarivum.example"
  }
  statements = [
    {
      actions = ["ses:SendEmail"]
      resources = [
        "arn:aws:ses:${module.platform.region}:${module.platform.account_id}:identity/clarivum.example",
      ]
      conditions = {
        StringEquals = {
          "ses:FromAddress" = ["hello@clarivum.example", "receipts@clarivum.example"]
        }
      }
    },
    { actions = ["ses:GetSuppressedDestination"], resources = ["*"] },
    {
      actions   = ["s3:GetObject"]
      resources = ["arn:aws:s3:::clarivum-local-data-${module.platform.account_id}/documents/*"]
    },
  ]
}

module "analytics_backfill" {
  source = "../../modules/job"

  platform = module.platform.context
  artifact = var.artifacts.functions["analytics-backfill"]

  name        = "analytics-backfill"
  description = "Export product events to object storage, each day of a range by a job of its own."
  owner       = "data"

  runtime      = "python3.13"
  architecture = "arm64"
  handler      = "generated.entrypoints.analytics_backfill.lambda_handler"
  timeout      = 600
  memory_size  = 256

  visibility_timeout    = 3600
  max_attempts          = 10
  maximum_concurrency   = 3
  batch_size            = 1
  batch_window          = 0
  delay                 = 0
  message_retention     = 345600
  dead_letter_retention = 1209600
  record_retention      = 1555200
  log_retention_days    = 30
  backoff               = { base = 1, cap = 2 }
  alarms                = { dead_letters = 1, errors = 1, oldest_message = 36000, throttles = 5 }

  variables = { DATA_BUCKET = "clarivum-local-data-${module.platform.account_id}" }
  secrets   = ["analytics-api-key"]
  enqueues  = ["analytics-backfill"]
  statements = [
    {
      actions   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
      resources = ["arn:aws:s3:::clarivum-local-data-${module.platform.account_id}/exports/*"]
    },
    {
      actions   = ["s3:ListBucket"]
      resources = ["arn:aws:s3:::clarivum-local-data-${module.platform.account_id}"]
    },
  ]
}

module "sitemap_regeneration" {
  source = "../../modules/job"

  platform = module.platform.context
  artifact = var.artifacts.functions["sitemap-regeneration"]

  name        = "sitemap-regeneration"
  description = "Rebuild the sitemap files and their index from the published pages."
  owner       = "web"

  runtime      = "python3.13"
  architecture = "arm64"
  handler      = "generated.entrypoints.sitemap_regeneration.lambda_handler"
  timeout      = 300
  memory_size  = 512

  visibility_timeout    = 1800
  max_attempts          = 5
  maximum_concurrency   = 2
  batch_size            = 1
  batch_window          = 0
  delay                 = 0
  message_retention     = 345600
  dead_letter_retention = 1209600
  record_retention      = 1555200
  log_retention_days    = 30
  backoff               = { base = 1, cap = 2 }
  alarms                = { dead_letters = 1, errors = 1, oldest_message = 10800, throttles = 5 }

  variables = { SITE_BUCKET = "clarivum-local-site-${module.platform.account_id}" }
  statements = [
    {
      actions   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
      resources = ["arn:aws:s3:::clarivum-local-site-${module.platform.account_id}/sitemap*"]
    },
    {
      actions   = ["s3:ListBucket"]
      resources = ["arn:aws:s3:::clarivum-local-site-${module.platform.account_id}"]
    },
  ]

  schedules = {
    nightly = {
      expression = "cron(30 4 * * ? *)"
      timezone   = "Europe/Berlin"
      enabled    = true
      payload    = jsonencode({ revision = "nightly" })
    }
  }
}

module "cache_warming" {
  source = "../../modules/job"

  platform = module.platform.context
  artifact = var.artifacts.functions["cache-warming"]

  name        = "cache-warming"
  description = "Request the important pages so that the caches in front of them are hot."
  owner       = "web"

  runtime      = "python3.13"
  architecture = "arm64"
  handler      = "generated.entrypoints.cache_warming.lambda_handler"
  timeout      = 60
  memory_size  = 256

  visibility_timeout    = 360
  max_attempts          = 5
  maximum_concurrency   = 2
  batch_size            = 1
  batch_window          = 0
  delay                 = 0
  message_retention     = 345600
  dead_letter_retention = 1209600
  record_retention      = 1555200
  log_retention_days    = 30
  backoff               = { base = 1, cap = 2 }
  alarms                = { dead_letters = 1, errors = 1, oldest_message = 7200, throttles = 5 }

  schedules = {
    hourly = {
      expression = "rate(1 minute)"
      timezone   = "UTC"
      enabled    = true
      payload    = jsonencode({ section = "all" })
    }
  }
}

module "pdf_export" {
  source = "../../modules/job"

  platform = module.platform.context
  artifact = var.artifacts.functions["pdf-export"]

  name        = "pdf-export"
  description = "Render a document as PDF or EPUB, store it and mail a link."
  owner       = "content"

  runtime      = "python3.13"
  architecture = "arm64"
  handler      = "generated.entrypoints.pdf_export.lambda_handler"
  timeout      = 900
  memory_size  = 2048

  visibility_timeout    = 5400
  max_attempts          = 5
  maximum_concurrency   = 2
  batch_size            = 1
  batch_window          = 0
  delay                 = 0
  message_retention     = 345600
  dead_letter_retention = 1209600
  record_retention      = 1555200
  log_retention_days    = 30
  backoff               = { base = 1, cap = 2 }
  alarms                = { dead_letters = 1, errors = 1, oldest_message = 28800, throttles = 5 }

  variables = { DATA_BUCKET = "clarivum-local-data-${module.platform.account_id}" }
  enqueues  = ["email-fulfillment"]
  statements = [
    {
      actions   = ["s3:PutObject"]
      resources = ["arn:aws:s3:::clarivum-local-data-${module.platform.account_id}/documents/*"]
    },
  ]
}
