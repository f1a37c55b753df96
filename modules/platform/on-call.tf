# Not encrypted with a key on purpose: CloudWatch cannot publish to a topic under alias/aws/sns, and
# says so to nobody. An alarm carries names and numbers, no payload.
resource "aws_sns_topic" "on_call" {
  name = "${local.base}-on-call"
}

resource "aws_sns_topic_policy" "on_call" {
  arn = aws_sns_topic.on_call.arn

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "AlarmsOfThisAccount"
      Effect    = "Allow"
      Principal = { Service = "cloudwatch.amazonaws.com" }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.on_call.arn
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account_id }
        ArnLike      = { "aws:SourceArn" = "arn:${local.partition}:cloudwatch:${local.region}:${local.account_id}:alarm:${local.base}-*" }
      }
    }]
  })
}

resource "aws_sns_topic_subscription" "email" {
  for_each = var.on_call.emails

  topic_arn = aws_sns_topic.on_call.arn
  protocol  = "email"
  endpoint  = each.key
}
