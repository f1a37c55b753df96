variable "name" {
  description = "Name of the bucket, unique in all of AWS."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.name))
    error_message = "Use 3 to 63 lower-case letters, digits or hyphens, beginning and ending with a letter or digit; a dot would break TLS."
  }
}

variable "force_destroy" {
  description = "Delete the objects with the bucket. Only for a bucket whose objects can be made again."
  type        = bool
  default     = false
  nullable    = false
}

variable "noncurrent_retention_days" {
  description = "Days an overwritten or deleted object stays restorable."
  type        = number
  default     = 90
  nullable    = false

  validation {
    condition     = var.noncurrent_retention_days >= 1 && floor(var.noncurrent_retention_days) == var.noncurrent_retention_days
    error_message = "Give noncurrent_retention_days as whole days, 1 or more."
  }
}

variable "retention_days" {
  description = "Days after which an object is deleted; 0 keeps it."
  type        = number
  default     = 0
  nullable    = false

  validation {
    condition     = var.retention_days >= 0 && floor(var.retention_days) == var.retention_days
    error_message = "Give retention_days as whole days, or 0 to keep objects."
  }
}

variable "access_log_bucket" {
  description = "Name of the bucket that S3 notes every access in, under this one's name; empty for none."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = var.access_log_bucket != var.name
    error_message = "Log to another bucket: each line of a log would be logged in turn."
  }
}

variable "logs_of" {
  description = "Names of the buckets whose access logs this one takes."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "tags" {
  description = "Tags of the bucket."
  type        = map(string)
  default     = {}
  nullable    = false
}
