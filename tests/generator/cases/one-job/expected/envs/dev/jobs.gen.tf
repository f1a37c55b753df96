# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: d6775f6a4f7b52ccdd7d072f3664ed54f6b2ca7b22af0aa1d96d76ae854f928d

locals {
  alarm_level = "full"
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
