# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: b5509dfa48527b72ffbf40bb371c54680fe3139b055ed3830a47feb545a4d248

locals {
  alarm_level = "full"
  closed      = []
  jobs = {
    probe-host = module.probe_host.watched
  }
  secrets = []
}

module "probe_host" {
  source = "../../modules/job"

  platform = module.platform.context

  name        = "probe-host"
  description = "Ask a host whether it is well."
  owner       = "web"

  function = {
    artifact     = var.artifacts.functions["probe-host"]
    handler      = "generated.entrypoints.probe_host.lambda_handler"
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

  schedules = {
    hourly = {
      expression = "rate(1 hour)"
      timezone   = "UTC"
      enabled    = true
      payload = jsonencode({
        id      = "7f3d2c1a-9b4e-4f6a-8c5d-0e1f2a3b4c5d"
        address = "192.0.2.1"
        at      = "2026-01-31T09:30:00.123456789Z"
      })
      watch = {
        due     = "MINUTE(runs) >= 0"
        periods = 75
      }
    }
  }
}
