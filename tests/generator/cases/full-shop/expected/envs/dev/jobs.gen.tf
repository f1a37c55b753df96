# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: c242d56a403c88f21118ef42a73dd651e85f015acfeec9e8f72fd88143fa8120

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
    timeout      = 10
    memory_size  = 1024
  }

  variables = {
    ARCHIVE       = "shop-dev-archive-${module.platform.account_id}-${module.platform.region}"
    LOG_STYLE     = "json"
    WAREHOUSE_URL = "https://warehouse.example/dev"
  }

  queue = {
    visibility_timeout    = 300
    delay                 = 30
    message_retention     = 172800
    dead_letter_retention = 1209600
  }
  polling     = { maximum_concurrency = 5, batch_size = 20, batch_window = 5 }
  retry       = { max_attempts = 7, base = 1, cap = 2 }
  idempotency = { retention = 2592000, on_conflict = "park" }
  logs        = { retention_days = 7 }
  alarms = {
    dead_letters   = 3
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
        resources = ["arn:aws:s3:::shop-dev-archive-${module.platform.account_id}/*"]
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
  retry       = { max_attempts = 5, base = 1, cap = 2 }
  idempotency = { retention = 1555200 }
  logs        = { retention_days = 7 }
  alarms = {
    dead_letters   = 1
    errors         = 10
    level          = "full"
    oldest_message = 7200
    throttles      = 1
  }
}
