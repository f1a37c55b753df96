# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: fa17ed8e9900f58b112f8e634b1ece9d9c9709a66b7cf3d9ceaedaf9f2d2568b

locals {
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
  alarms                = { dead_letters = 1, errors = 1, oldest_message = 7200, throttles = 5 }
}
