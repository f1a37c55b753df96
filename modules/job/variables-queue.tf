variable "visibility_timeout" {
  description = "Seconds a received message stays hidden; six times the timeout plus the batch window is AWS's advice."
  type        = number
  default     = 180
  nullable    = false
}

variable "max_attempts" {
  description = "Attempts a message has before the worker makes it a dead letter."
  type        = number
  default     = 5
  nullable    = false

  validation {
    condition     = var.max_attempts >= 1 && var.max_attempts <= 995
    error_message = "Set max_attempts between 1 and 995: SQS counts 1000 receives, and five are kept for those that are no attempt."
  }
}

variable "maximum_concurrency" {
  description = "Runs at once."
  type        = number
  default     = 5
  nullable    = false
}

variable "batch_size" {
  description = "Messages one run receives at most."
  type        = number
  default     = 1
  nullable    = false
}

variable "batch_window" {
  description = "Seconds to wait for a fuller batch."
  type        = number
  default     = 0
  nullable    = false
}

variable "delay" {
  description = "Seconds every new message waits before it can be received."
  type        = number
  default     = 0
  nullable    = false
}

variable "message_retention" {
  description = "Seconds the queue keeps a message nobody deletes."
  type        = number
  default     = 345600
  nullable    = false
}

variable "dead_letter_retention" {
  description = "Seconds a dead letter is kept, counted from its first send."
  type        = number
  default     = 1209600
  nullable    = false
}

variable "record_retention" {
  description = "Seconds the idempotency record is kept."
  type        = number
  default     = 1555200
  nullable    = false

  validation {
    condition     = var.record_retention >= var.message_retention + var.dead_letter_retention
    error_message = "Raise record_retention to message_retention + dead_letter_retention or more: a message replayed late would find no record, and its effect would happen twice."
  }
}

variable "on_conflict" {
  description = "What becomes of a message whose key was done before with other content: `tell` it and count it, or `park` it as well."
  type        = string
  default     = "tell"
  nullable    = false

  validation {
    condition     = contains(["tell", "park"], var.on_conflict)
    error_message = "Set on_conflict to tell, or to park if such a message is worth a dead letter."
  }
}

variable "backoff" {
  description = "First (`base`) and longest (`cap`) wait between two attempts in seconds; it doubles between."
  type        = object({ base = number, cap = number })
  default     = { base = 10, cap = 900 }
  nullable    = false
}
