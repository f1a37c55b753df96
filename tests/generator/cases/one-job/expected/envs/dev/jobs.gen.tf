# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: ec1d51060ffd21e38d887278209d8c8cf5f1438779efa89660f2d9dca4e0057a

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
  artifact = var.artifacts.functions["send-receipt"]

  name        = "send-receipt"
  description = "Mail a receipt."
  owner       = "shop"

  runtime      = "python3.13"
  architecture = "arm64"
  handler      = "generated.entrypoints.send_receipt.lambda_handler"
  timeout      = 30
  memory_size  = 256

  visibility_timeout    = 180
  max_attempts          = 5
  maximum_concurrency   = 5
  batch_size            = 1
  batch_window          = 0
  delay                 = 0
  message_retention     = 345600
  dead_letter_retention = 1209600
  record_retention      = 1555200
  log_retention_days    = 30
  backoff               = { base = 10, cap = 900 }
  alarms = {
    dead_letters   = 1
    errors         = 1
    level          = "full"
    oldest_message = 7200
    throttles      = 1
  }
}
