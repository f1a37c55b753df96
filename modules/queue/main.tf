locals {
  _arn_prefix      = "arn:${var.location.partition}:sqs:${var.location.region}:${var.location.account_id}"
  dead_letter_name = "${var.name}-dlq"

  arn             = "${local._arn_prefix}:${var.name}"
  dead_letter_arn = "${local._arn_prefix}:${local.dead_letter_name}"

  # Bytes. Set, because the provider's range and SQS's own default disagree between versions. A dead
  # letter is the message with its reason beside it: its queue takes that much more.
  max_message_size     = local.max_dead_letter_size - 4096
  max_dead_letter_size = 262144

  policy = {
    for arn in [local.arn, local.dead_letter_arn] : arn => jsonencode({
      Version = "2012-10-17"
      Statement = concat([{
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sqs:*"
        Resource  = arn
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
        }], var.protect ? [{
        Sid       = "KeepMessages"
        Effect    = "Deny"
        Principal = "*"
        Action    = ["sqs:DeleteQueue", "sqs:PurgeQueue"]
        Resource  = arn
        }] : [], length(var.senders) > 0 && arn == local.arn ? [{
        Sid       = "Closed"
        Effect    = "Deny"
        Principal = "*"
        Action    = ["sqs:SendMessage"]
        Resource  = arn
        Condition = { ArnNotLike = { "aws:PrincipalArn" = var.senders } }
      }] : [])
    })
  }
}

resource "aws_sqs_queue" "dead_letter" {
  name                       = local.dead_letter_name
  message_retention_seconds  = var.dead_letter_retention
  visibility_timeout_seconds = var.visibility_timeout
  receive_wait_time_seconds  = 20
  max_message_size           = local.max_dead_letter_size
  sqs_managed_sse_enabled    = var.kms_key_arn == "" ? true : null
  kms_master_key_id          = var.kms_key_arn == "" ? null : var.kms_key_arn
  policy                     = local.policy[local.dead_letter_arn]
  tags                       = var.tags

  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [local.arn]
  })

  lifecycle {
    precondition {
      condition     = var.dead_letter_retention > var.message_retention
      error_message = "Raise dead_letter_retention (${var.dead_letter_retention} s) above message_retention (${var.message_retention} s): a dead letter's age counts from its first send, so it would expire on arrival."
    }
  }
}

resource "aws_sqs_queue" "main" {
  name                       = var.name
  visibility_timeout_seconds = var.visibility_timeout
  delay_seconds              = var.delay
  message_retention_seconds  = var.message_retention
  receive_wait_time_seconds  = 20
  max_message_size           = local.max_message_size
  sqs_managed_sse_enabled    = var.kms_key_arn == "" ? true : null
  kms_master_key_id          = var.kms_key_arn == "" ? null : var.kms_key_arn
  policy                     = local.policy[local.arn]
  tags                       = var.tags

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead_letter.arn
    maxReceiveCount     = var.max_receive_count
  })

  lifecycle {
    precondition {
      condition     = var.max_receive_count * (var.visibility_timeout + var.delay) < var.message_retention
      error_message = "Lower max_receive_count or visibility_timeout, or raise message_retention: ${var.max_receive_count} receives of ${var.visibility_timeout + var.delay} s last longer than ${var.message_retention} s, so messages would expire before they reach the dead-letter queue."
    }
  }
}
