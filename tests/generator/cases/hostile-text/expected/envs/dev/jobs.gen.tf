# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: 1b5060b397ceaeddfe0903fc7e5efc7e940fb3ed4d7102b07b7ad7bb13e5ddaa

locals {
  alarm_level = "full"
  closed      = []
  jobs = {
    import  = module.import_.watched
    payload = module.payload.watched
  }
  secrets = []
}

module "import_" {
  source = "../../modules/job"

  platform = module.platform.context

  name        = "import"
  description = "Say \"hi\" to $${var.name} and %%{ if true }, \\n is no newline; back\\slash, ünïcödé 日本 “quotes”, it’s – fine."
  owner       = "the A-team @ shop.example: +49"

  function = {
    artifact     = var.artifacts.functions["import"]
    handler      = "generated.entrypoints.import_.lambda_handler"
    runtime      = "python3.13"
    architecture = "arm64"
    timeout      = 30
    memory_size  = 256
  }

  variables = {
    LINES    = "one\ntwo\r\n"
    TEMPLATE = "$${aws} %%{ if } \"quoted\" shop\u0024${module.platform.account_id}%${module.platform.region} $ % \\ \t 日本"
  }

  queue = {
    visibility_timeout    = 180
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
        actions   = ["s3:Get*"]
        resources = ["arn:aws:s3:::a-${module.platform.account_id}/$${aws:username}/*"]
      },
    ]
  }

  schedules = {
    "a.b_c-1" = {
      expression = "rate(1 minute)"
      timezone   = "UTC"
      enabled    = true
      payload = jsonencode({
        class       = "$${path.module} \"x\" \\ <>&"
        from        = "%%{ for x in y }\n"
        "2nd"       = -5
        ""          = "\u0007\u2028"
        "é-è"       = "日本"
        order-id    = "a"
        orderNumber = "b"
        order_ref   = "c"
        self        = "d"
        model_dump  = "e"
        json        = "f"
        only_null   = null
        field       = { field = [{ annotated = { x = 1 } }, {}] }
      })
      watch = {
        due     = "MINUTE(runs) >= 0"
        periods = 16
      }
    }
  }
}

module "payload" {
  source = "../../modules/job"

  platform = module.platform.context

  name        = "payload"
  description = "A job whose class would be called like its base."
  owner       = "x"

  function = {
    artifact     = var.artifacts.functions["payload"]
    handler      = "generated.entrypoints.payload.lambda_handler"
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
}
