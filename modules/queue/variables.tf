variable "name" {
  description = "Name of the queue; its dead-letter queue adds `-dlq`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,76}$", var.name))
    error_message = "Use 1 to 76 letters, digits, hyphens or underscores: SQS allows 80 and the dead-letter queue adds `-dlq`."
  }
}

variable "location" {
  description = "Where the queues live. ARNs are built from it, because a policy that reads its own queue's ARN would need another update of the queue."
  type        = object({ partition = string, region = string, account_id = string })
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.location.account_id))
    error_message = "Give location.account_id as 12 digits."
  }
}

variable "visibility_timeout" {
  description = "Seconds a received message stays hidden from other receivers."
  type        = number
  default     = 60
  nullable    = false

  validation {
    condition     = var.visibility_timeout >= 0 && var.visibility_timeout <= 43200
    error_message = "Set visibility_timeout between 0 and 43200 seconds (12 h)."
  }
}

variable "delay" {
  description = "Seconds every new message waits before it can be received."
  type        = number
  default     = 0
  nullable    = false

  validation {
    condition     = var.delay >= 0 && var.delay <= 900
    error_message = "Set delay between 0 and 900 seconds; a schedule serves longer waits."
  }
}

variable "message_retention" {
  description = "Seconds the queue keeps a message nobody deletes."
  type        = number
  default     = 345600
  nullable    = false

  validation {
    condition     = var.message_retention >= 60 && var.message_retention <= 1209600
    error_message = "Set message_retention between 60 and 1209600 seconds (14 d)."
  }
}

variable "dead_letter_retention" {
  description = "Seconds the dead-letter queue keeps a message, counted from when it was first sent."
  type        = number
  default     = 1209600
  nullable    = false

  validation {
    condition     = var.dead_letter_retention >= 60 && var.dead_letter_retention <= 1209600
    error_message = "Set dead_letter_retention between 60 and 1209600 seconds (14 d)."
  }
}

variable "max_receive_count" {
  description = "Receives after which SQS moves a message to the dead-letter queue."
  type        = number
  default     = 5
  nullable    = false

  validation {
    condition     = var.max_receive_count >= 1 && var.max_receive_count <= 1000
    error_message = "Set max_receive_count between 1 and 1000; 5 or more keeps throttling from using up the attempts."
  }
}

variable "protect" {
  description = "Refuse `sqs:DeleteQueue` and `sqs:PurgeQueue` to everybody, Terraform included, so that nobody takes the messages along by mistake."
  type        = bool
  default     = false
  nullable    = false
}

variable "senders" {
  description = "ARNs of the only roles that may still send to the queue, `*` for any text; none leaves that to IAM."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "kms_key_arn" {
  description = "ARN of the key of KMS that encrypts the messages; empty for SQS's own, which costs nothing."
  type        = string
  default     = ""
  nullable    = false
}

variable "tags" {
  description = "Tags of both queues."
  type        = map(string)
  default     = {}
  nullable    = false
}
