variable "logs" {
  description = "Days the log group keeps a line (`retention_days`), the `level` from which the function writes one, and the `format` of Lambda's own lines, `Text` or `JSON`."
  type = object({
    retention_days = optional(number, 30)
    level          = optional(string, "INFO")
    format         = optional(string, "Text")
  })
  default  = {}
  nullable = false

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.logs.retention_days)
    error_message = "Choose one of CloudWatch's periods, such as 7, 14, 30, 90 or 365 days."
  }

  validation {
    condition     = contains(["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"], var.logs.level)
    error_message = "Set logs.level to DEBUG, INFO, WARNING, ERROR or CRITICAL."
  }

  validation {
    condition     = contains(["Text", "JSON"], var.logs.format)
    error_message = "Set logs.format to Text or JSON."
  }
}
