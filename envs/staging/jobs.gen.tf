# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: 747b898ce9794f48234dfcf0eb517ed7cafacae6acccff8b806044c6817ad869

locals {
  alarm_level = "full"
  closed      = []
  jobs = {
    lead-enrichment      = module.lead_enrichment.watched
    email-fulfillment    = module.email_fulfillment.watched
    analytics-backfill   = module.analytics_backfill.watched
    sitemap-regeneration = module.sitemap_regeneration.watched
    cache-warming        = module.cache_warming.watched
    pdf-export           = module.pdf_export.watched
  }
  secrets = ["analytics-api-key", "crm-token", "enrichment-api-key", "supabase-service-key"]
}

module "lead_enrichment" {
  source = "../../modules/job"

  platform = module.platform.context

  name        = "lead-enrichment"
  description = "Complete a captured lead from the enrichment provider and write it back."
  owner       = "growth"

  function = {
    artifact     = var.artifacts.functions["lead-enrichment"]
    handler      = "generated.entrypoints.lead_enrichment.lambda_handler"
    runtime      = "python3.13"
    architecture = "arm64"
    timeout      = 30
    memory_size  = 256
  }

  queue = {
    visibility_timeout    = 180
    delay                 = 0
    message_retention     = 345600
    dead_letter_retention = 1209600
  }
  polling     = { maximum_concurrency = 4, batch_size = 1, batch_window = 0 }
  retry       = { max_attempts = 5, base = 10, cap = 900 }
  idempotency = { retention = 1555200 }
  logs        = { retention_days = 30 }
  alarms = {
    dead_letters   = 1
    errors         = 1
    level          = "full"
    oldest_message = 7200
    throttles      = 1
  }

  access = { secrets = ["crm-token", "enrichment-api-key", "supabase-service-key"] }
}

module "email_fulfillment" {
  source = "../../modules/job"

  platform = module.platform.context

  name        = "email-fulfillment"
  description = "Send one transactional e-mail, such as a lead magnet or a receipt."
  owner       = "growth"

  function = {
    artifact     = var.artifacts.functions["email-fulfillment"]
    handler      = "generated.entrypoints.email_fulfillment.lambda_handler"
    runtime      = "python3.13"
    architecture = "arm64"
    timeout      = 20
    memory_size  = 256
  }

  variables = {
    DATA_BUCKET = "clarivum-staging-data-${module.platform.account_id}"
    MAIL_DOMAIN = "clarivum.example"
  }

  queue = {
    visibility_timeout    = 120
    delay                 = 0
    message_retention     = 345600
    dead_letter_retention = 1209600
  }
  polling     = { maximum_concurrency = 5, batch_size = 1, batch_window = 0 }
  retry       = { max_attempts = 5, base = 10, cap = 900 }
  idempotency = { retention = 1555200 }
  logs        = { retention_days = 30 }
  alarms = {
    dead_letters   = 1
    errors         = 1
    level          = "full"
    oldest_message = 7200
    throttles      = 1
  }

  access = {
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
        resources = ["arn:aws:s3:::clarivum-staging-data-${module.platform.account_id}/documents/*"]
      },
    ]
  }
}

module "analytics_backfill" {
  source = "../../modules/job"

  platform = module.platform.context

  name        = "analytics-backfill"
  description = "Export product events to object storage, each day of a range by a job of its own."
  owner       = "data"

  function = {
    artifact     = var.artifacts.functions["analytics-backfill"]
    handler      = "generated.entrypoints.analytics_backfill.lambda_handler"
    runtime      = "python3.13"
    architecture = "arm64"
    timeout      = 600
    memory_size  = 256
  }

  variables = { DATA_BUCKET = "clarivum-staging-data-${module.platform.account_id}" }

  queue = {
    visibility_timeout    = 3600
    delay                 = 0
    message_retention     = 345600
    dead_letter_retention = 1209600
  }
  polling     = { maximum_concurrency = 3, batch_size = 1, batch_window = 0 }
  retry       = { max_attempts = 10, base = 10, cap = 900 }
  idempotency = { retention = 1555200 }
  logs        = { retention_days = 30 }
  alarms = {
    dead_letters   = 1
    errors         = 1
    level          = "full"
    oldest_message = 36000
    throttles      = 1
  }

  access = {
    secrets  = ["analytics-api-key"]
    enqueues = ["analytics-backfill"]
    statements = [
      {
        actions   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
        resources = ["arn:aws:s3:::clarivum-staging-data-${module.platform.account_id}/exports/*"]
      },
      {
        actions   = ["s3:ListBucket"]
        resources = ["arn:aws:s3:::clarivum-staging-data-${module.platform.account_id}"]
      },
    ]
  }
}

module "sitemap_regeneration" {
  source = "../../modules/job"

  platform = module.platform.context

  name        = "sitemap-regeneration"
  description = "Rebuild the sitemap files and their index from the published pages."
  owner       = "web"

  function = {
    artifact     = var.artifacts.functions["sitemap-regeneration"]
    handler      = "generated.entrypoints.sitemap_regeneration.lambda_handler"
    runtime      = "python3.13"
    architecture = "arm64"
    timeout      = 300
    memory_size  = 512
  }

  variables = { SITE_BUCKET = "clarivum-staging-site-${module.platform.account_id}" }

  queue = {
    visibility_timeout    = 1800
    delay                 = 0
    message_retention     = 345600
    dead_letter_retention = 1209600
  }
  polling     = { maximum_concurrency = 2, batch_size = 1, batch_window = 0 }
  retry       = { max_attempts = 5, base = 10, cap = 900 }
  idempotency = { retention = 1555200 }
  logs        = { retention_days = 30 }
  alarms = {
    dead_letters   = 1
    errors         = 1
    level          = "full"
    oldest_message = 10800
    throttles      = 1
  }

  access = {
    statements = [
      {
        actions   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
        resources = ["arn:aws:s3:::clarivum-staging-site-${module.platform.account_id}/sitemap*"]
      },
      {
        actions   = ["s3:ListBucket"]
        resources = ["arn:aws:s3:::clarivum-staging-site-${module.platform.account_id}"]
      },
    ]
  }

  schedules = {
    nightly = {
      expression = "cron(30 4 * * ? *)"
      timezone   = "Europe/Berlin"
      enabled    = true
      payload    = jsonencode({ revision = "nightly" })
      watch = {
        due     = "time < 15"
        periods = 15
        steps = {
          season = "(EPOCH(runs) >= 1774746000 AND EPOCH(runs) < 1792890000) OR (EPOCH(runs) >= 1806195600 AND EPOCH(runs) < 1824944400) OR (EPOCH(runs) >= 1837645200 AND EPOCH(runs) < 1856394000) OR (EPOCH(runs) >= 1869094800 AND EPOCH(runs) < 1887843600) OR (EPOCH(runs) >= 1901149200 AND EPOCH(runs) < 1919293200) OR (EPOCH(runs) >= 1932598800 AND EPOCH(runs) < 1950742800) OR (EPOCH(runs) >= 1964048400 AND EPOCH(runs) < 1982797200) OR (EPOCH(runs) >= 1995498000 AND EPOCH(runs) < 2014246800) OR (EPOCH(runs) >= 2026947600 AND EPOCH(runs) < 2045696400) OR (EPOCH(runs) >= 2058397200 AND EPOCH(runs) < 2077146000) OR (EPOCH(runs) >= 2090451600 AND EPOCH(runs) < 2108595600) OR (EPOCH(runs) >= 2121901200 AND EPOCH(runs) < 2140045200)"
          local  = "FLOOR(EPOCH(runs) / 60) - 210 + 60 * season"
          time   = "local - 1440 * FLOOR(local / 1440)"
        }
      }
    }
  }
}

module "cache_warming" {
  source = "../../modules/job"

  platform = module.platform.context

  name        = "cache-warming"
  description = "Request the important pages so that the caches in front of them are hot."
  owner       = "web"

  function = {
    artifact     = var.artifacts.functions["cache-warming"]
    handler      = "generated.entrypoints.cache_warming.lambda_handler"
    runtime      = "python3.13"
    architecture = "arm64"
    timeout      = 60
    memory_size  = 256
  }

  queue = {
    visibility_timeout    = 360
    delay                 = 0
    message_retention     = 345600
    dead_letter_retention = 1209600
  }
  polling     = { maximum_concurrency = 2, batch_size = 1, batch_window = 0 }
  retry       = { max_attempts = 5, base = 10, cap = 900 }
  idempotency = { retention = 1555200 }
  logs        = { retention_days = 30 }
  alarms = {
    dead_letters   = 1
    errors         = 1
    level          = "full"
    oldest_message = 7200
    throttles      = 1
  }

  schedules = {
    hourly = {
      expression = "cron(0 * * * ? *)"
      timezone   = "Europe/Berlin"
      enabled    = true
      payload    = jsonencode({ section = "all" })
      watch = {
        due     = "time < 15 AND twice == 0"
        periods = 15
        steps = {
          local = "FLOOR(EPOCH(runs) / 60) + 60"
          time  = "local - 60 * FLOOR(local / 60)"
          twice = "(EPOCH(runs) >= 1792886400 AND EPOCH(runs) < 1792893600) OR (EPOCH(runs) >= 1824940800 AND EPOCH(runs) < 1824948000) OR (EPOCH(runs) >= 1856390400 AND EPOCH(runs) < 1856397600) OR (EPOCH(runs) >= 1887840000 AND EPOCH(runs) < 1887847200) OR (EPOCH(runs) >= 1919289600 AND EPOCH(runs) < 1919296800) OR (EPOCH(runs) >= 1950739200 AND EPOCH(runs) < 1950746400) OR (EPOCH(runs) >= 1982793600 AND EPOCH(runs) < 1982800800) OR (EPOCH(runs) >= 2014243200 AND EPOCH(runs) < 2014250400) OR (EPOCH(runs) >= 2045692800 AND EPOCH(runs) < 2045700000) OR (EPOCH(runs) >= 2077142400 AND EPOCH(runs) < 2077149600) OR (EPOCH(runs) >= 2108592000 AND EPOCH(runs) < 2108599200) OR (EPOCH(runs) >= 2140041600 AND EPOCH(runs) < 2140048800)"
        }
      }
    }
  }
}

module "pdf_export" {
  source = "../../modules/job"

  platform = module.platform.context

  name        = "pdf-export"
  description = "Render a document as PDF or EPUB, store it and mail a link."
  owner       = "content"

  function = {
    artifact     = var.artifacts.functions["pdf-export"]
    handler      = "generated.entrypoints.pdf_export.lambda_handler"
    runtime      = "python3.13"
    architecture = "arm64"
    timeout      = 900
    memory_size  = 2048
  }

  variables = { DATA_BUCKET = "clarivum-staging-data-${module.platform.account_id}" }

  queue = {
    visibility_timeout    = 5400
    delay                 = 0
    message_retention     = 345600
    dead_letter_retention = 1209600
  }
  polling     = { maximum_concurrency = 2, batch_size = 1, batch_window = 0 }
  retry       = { max_attempts = 5, base = 10, cap = 900 }
  idempotency = { retention = 1555200 }
  logs        = { retention_days = 30 }
  alarms = {
    dead_letters   = 1
    errors         = 1
    level          = "full"
    oldest_message = 28800
    throttles      = 1
  }

  access = {
    enqueues = ["email-fulfillment"]
    statements = [
      {
        actions   = ["s3:PutObject"]
        resources = ["arn:aws:s3:::clarivum-staging-data-${module.platform.account_id}/documents/*"]
      },
    ]
  }
}
