# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: 529ec8ff931ebd23408796c030307f13f5e1d112bff2ca730c4a2cfe2d88d13e

locals {
  alarm_level = "full"
  closed      = []
  jobs = {
    send-receipt = module.send_receipt.watched
  }
  secrets = []
}

module "send_receipt" {
  source = "../../modules/job"

  platform = module.platform.context

  name        = "send-receipt"
  description = "Mail a receipt."
  owner       = "shop"

  function = {
    artifact     = var.artifacts.functions["send-receipt"]
    handler      = "generated.entrypoints.send_receipt.lambda_handler"
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
