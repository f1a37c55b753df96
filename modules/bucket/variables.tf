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

variable "tags" {
  description = "Tags of the bucket."
  type        = map(string)
  default     = {}
  nullable    = false
}
