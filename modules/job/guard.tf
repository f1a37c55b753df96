locals {
  guard_arn = "${replace(module.queue.arn, ":sqs:", ":sns:")}-guard"
}

# What depends on everything else is removed before everything else, and while the job is protected
# SNS refuses to remove this: a removal or a rename run by hand ends with the whole job in place.
# `prevent_destroy` cannot do it, for it goes with the module block that holds it.
resource "aws_sns_topic" "guard" {
  # Read from the queue: where the queue is replaced, so is what is named after it.
  name = "${element(split(":", module.queue.arn), 5)}-guard"
  tags = local.tags

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([{
      Sid       = "CarriesNothing"
      Effect    = "Deny"
      Principal = "*"
      Action    = "sns:Publish"
      Resource  = local.guard_arn
      }], local.protect ? [{
      Sid       = "KeepJob"
      Effect    = "Deny"
      Principal = "*"
      Action    = "sns:DeleteTopic"
      Resource  = local.guard_arn
    }] : [])
  })

  depends_on = [module.queue, module.worker, module.schedule, module.alarms]
}
