# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: 101ac9dee4894d7433841b137a6e9f331e860365bca1c686c90b1e8e6eed1636

locals {
  alarm_level = "full"
  closed      = []
  jobs = {
    place-order    = module.place_order.watched
    nightly-report = module.nightly_report.watched
  }
  secrets = ["crm-key", "warehouse-token"]
}

module "place_order" {
  source = "../../modules/job"

  platform = module.platform.context

  name        = "place-order"
  description = "Hand an order over to the warehouse, with every line of it and the address it goes to, and tell the customer when it is on its way."
  owner       = "fulfilment"

  function = {
    artifact     = var.artifacts.functions["place-order"]
    handler      = "generated.entrypoints.place_order.lambda_handler"
    runtime      = "python3.14"
    architecture = "x86_64"
    timeout      = 45
    memory_size  = 1024
  }

  variables = {
    ARCHIVE       = "shop-prod-archive-${module.platform.account_id}-${module.platform.region}"
    LOG_STYLE     = "plain"
    WAREHOUSE_URL = "https://warehouse.example/prod"
  }

  queue = {
    visibility_timeout    = 600
    delay                 = 30
    message_retention     = 172800
    dead_letter_retention = 1209600
  }
  polling     = { maximum_concurrency = 50, batch_size = 20, batch_window = 5 }
  retry       = { max_attempts = 7, base = 10, cap = 900 }
  idempotency = { retention = 2592000, on_conflict = "park" }
  logs        = { retention_days = 30 }
  alarms = {
    dead_letters   = 1
    errors         = 10
    level          = "full"
    oldest_message = 7200
    throttles      = 1
  }

  access = {
    secrets  = ["crm-key", "warehouse-token"]
    enqueues = ["nightly-report", "place-order"]
    statements = [
      {
        actions   = ["s3:PutObject", "s3:GetObject"]
        resources = ["arn:aws:s3:::shop-prod-archive-${module.platform.account_id}/*"]
      },
      {
        actions = ["ses:SendEmail"]
        resources = [
          "arn:aws:ses:${module.platform.region}:${module.platform.account_id}:identity/shop.example",
        ]
        conditions = {
          StringEquals = { "ses:FromAddress" = ["orders@shop.example", "$${hello}@shop.example"] }
          Null         = { "ses:FromDisplayName" = ["true"] }
        }
      },
    ]
  }
}

module "nightly_report" {
  source = "../../modules/job"

  platform = module.platform.context

  name        = "nightly-report"
  description = "Add up the day."
  owner       = "finance"

  function = {
    artifact     = var.artifacts.functions["nightly-report"]
    handler      = "generated.entrypoints.nightly_report.lambda_handler"
    runtime      = "python3.13"
    architecture = "arm64"
    timeout      = 20
    memory_size  = 256
  }

  variables = { LOG_STYLE = "json" }

  queue = {
    visibility_timeout    = 300
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
    errors         = 10
    level          = "full"
    oldest_message = 7200
    throttles      = 1
  }

  schedules = {
    eu = {
      expression = "cron(30 2 * * ? *)"
      timezone   = "Europe/Berlin"
      enabled    = true
      payload    = jsonencode({ region = "eu" })
      watch = {
        due     = "time < 15 AND twice == 0"
        periods = 15
        steps = {
          season = "(EPOCH(runs) >= 1774746000 AND EPOCH(runs) < 1792890000) OR (EPOCH(runs) >= 1806195600 AND EPOCH(runs) < 1824944400) OR (EPOCH(runs) >= 1837645200 AND EPOCH(runs) < 1856394000) OR (EPOCH(runs) >= 1869094800 AND EPOCH(runs) < 1887843600) OR (EPOCH(runs) >= 1901149200 AND EPOCH(runs) < 1919293200) OR (EPOCH(runs) >= 1932598800 AND EPOCH(runs) < 1950742800) OR (EPOCH(runs) >= 1964048400 AND EPOCH(runs) < 1982797200) OR (EPOCH(runs) >= 1995498000 AND EPOCH(runs) < 2014246800) OR (EPOCH(runs) >= 2026947600 AND EPOCH(runs) < 2045696400) OR (EPOCH(runs) >= 2058397200 AND EPOCH(runs) < 2077146000) OR (EPOCH(runs) >= 2090451600 AND EPOCH(runs) < 2108595600) OR (EPOCH(runs) >= 2121901200 AND EPOCH(runs) < 2140045200)"
          local  = "FLOOR(EPOCH(runs) / 60) - 90 + 60 * season"
          time   = "local - 1440 * FLOOR(local / 1440)"
          twice  = "(EPOCH(runs) >= 1792886400 AND EPOCH(runs) < 1792893600) OR (EPOCH(runs) >= 1824940800 AND EPOCH(runs) < 1824948000) OR (EPOCH(runs) >= 1856390400 AND EPOCH(runs) < 1856397600) OR (EPOCH(runs) >= 1887840000 AND EPOCH(runs) < 1887847200) OR (EPOCH(runs) >= 1919289600 AND EPOCH(runs) < 1919296800) OR (EPOCH(runs) >= 1950739200 AND EPOCH(runs) < 1950746400) OR (EPOCH(runs) >= 1982793600 AND EPOCH(runs) < 1982800800) OR (EPOCH(runs) >= 2014243200 AND EPOCH(runs) < 2014250400) OR (EPOCH(runs) >= 2045692800 AND EPOCH(runs) < 2045700000) OR (EPOCH(runs) >= 2077142400 AND EPOCH(runs) < 2077149600) OR (EPOCH(runs) >= 2108592000 AND EPOCH(runs) < 2108599200) OR (EPOCH(runs) >= 2140041600 AND EPOCH(runs) < 2140048800)"
        }
      }
    }
    us = {
      expression = "cron(30 2 * * ? *)"
      timezone   = "America/New_York"
      enabled    = true
      payload    = jsonencode({ region = "us" })
      watch = {
        due     = "time < 15"
        periods = 15
        steps = {
          season = "(EPOCH(runs) >= 1772953200 AND EPOCH(runs) < 1793512800) OR (EPOCH(runs) >= 1805007600 AND EPOCH(runs) < 1825567200) OR (EPOCH(runs) >= 1836457200 AND EPOCH(runs) < 1857016800) OR (EPOCH(runs) >= 1867906800 AND EPOCH(runs) < 1888466400) OR (EPOCH(runs) >= 1899356400 AND EPOCH(runs) < 1919916000) OR (EPOCH(runs) >= 1930806000 AND EPOCH(runs) < 1951365600) OR (EPOCH(runs) >= 1962860400 AND EPOCH(runs) < 1983420000) OR (EPOCH(runs) >= 1994310000 AND EPOCH(runs) < 2014869600) OR (EPOCH(runs) >= 2025759600 AND EPOCH(runs) < 2046319200) OR (EPOCH(runs) >= 2057209200 AND EPOCH(runs) < 2077768800) OR (EPOCH(runs) >= 2088658800 AND EPOCH(runs) < 2109218400) OR (EPOCH(runs) >= 2120108400 AND EPOCH(runs) < 2140668000)"
          local  = "FLOOR(EPOCH(runs) / 60) - 450 + 60 * season"
          time   = "local - 1440 * FLOOR(local / 1440)"
        }
      }
    }
    often = {
      expression = "rate(12 hours)"
      timezone   = "UTC"
      enabled    = false
      payload    = jsonencode({})
    }
    once = {
      expression = "at(2027-01-31T09:00:00)"
      timezone   = "UTC"
      enabled    = true
      payload    = jsonencode({ day = "2027-01-30" })
      watch = {
        due     = "(EPOCH(runs) >= 1801386000 AND EPOCH(runs) < 1801386900)"
        periods = 15
      }
    }
  }
}
