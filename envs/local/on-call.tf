# Stands for the person on call: what the topic would mail, this queue keeps to be read.
resource "aws_sqs_queue" "on_call" {
  name                    = "${local.base}-on-call"
  sqs_managed_sse_enabled = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Notifications"
      Effect    = "Allow"
      Principal = { Service = "sns.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = "arn:aws:sqs:${module.platform.region}:${module.platform.account_id}:${local.base}-on-call"
      Condition = { ArnEquals = { "aws:SourceArn" = module.platform.topic_arn } }
    }]
  })
}

resource "aws_sns_topic_subscription" "on_call" {
  topic_arn = module.platform.topic_arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.on_call.arn
}
