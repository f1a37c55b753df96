# One job by hand. What its manifest would derive is said here: the visibility timeout is six times
# the timeout, and the record of done work outlives both queues.
provider "aws" {
  region = "eu-west-1"
}

variable "artifacts" {
  description = "S3 keys of the layer's zip and of the function's, with the base64 SHA-256 of the function's content."
  type        = object({ bucket = string, layer = string, function = object({ key = string, sha256 = string }) })
  nullable    = false
}

module "platform" {
  source = "../../modules/platform"

  project         = "shop"
  environment     = "dev"
  artifact_bucket = var.artifacts.bucket
  layer           = { artifact = var.artifacts.layer }
  on_call         = { required = false }
}

module "send_receipt" {
  source = "../../modules/job"

  platform    = module.platform.context
  name        = "send-receipt"
  description = "Mail the receipt of an order."
  owner       = "growth"

  function = {
    artifact = var.artifacts.function
    handler  = "generated.entrypoints.send_receipt.lambda_handler"
    timeout  = 20
  }

  queue = { visibility_timeout = 120 }
}

output "queue" {
  description = "Where a message for the job goes."
  value       = module.send_receipt.queue
}
