variable "log_retention_days" {
  description = "Days the log group keeps a line."
  type        = number
  default     = 30
  nullable    = false
}

variable "variables" {
  description = "Environment variables of the function beside the runtime's and the platform's. Never a secret."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "secrets" {
  description = "Names of the platform's secrets the function may read."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "enqueues" {
  description = "Names of the jobs of this environment that the function may enqueue, also with a delay."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "statements" {
  description = "What else the function may do: IAM `actions` on `resources`, under `conditions` (operator, key, values)."
  type = list(object({
    actions    = list(string)
    resources  = list(string)
    conditions = optional(map(map(list(string))), {})
  }))
  default  = []
  nullable = false
}

variable "schedules" {
  description = "Schedules by name: a Scheduler `expression`, its IANA `timezone`, whether it is `enabled`, the `payload` as JSON text, whether a run may `overlap` the one before it (`allow` or `skip`), the `max_age` in seconds after which a run is dropped (0: never), and how a missed run is noticed (`watch`, see the alarms module; left out, it is not)."
  type = map(object({
    expression = string
    timezone   = optional(string, "UTC")
    enabled    = optional(bool, true)
    payload    = optional(string, "{}")
    overlap    = optional(string, "allow")
    max_age    = optional(number, 0)
    watch = optional(object({
      steps   = optional(map(string), {})
      due     = string
      period  = optional(number, 60)
      periods = number
    }))
  }))
  default  = {}
  nullable = false
}

variable "alarms" {
  description = "Which alarms there are (`level`: `off`, `quiet` or `full`), and values from which they ring: dead letters, seconds the oldest message waits, and errors and throttles in five minutes."
  type = object({
    level          = optional(string, "full")
    dead_letters   = optional(number, 1)
    oldest_message = optional(number, 7200)
    errors         = optional(number, 1)
    throttles      = optional(number, 1)
  })
  default  = {}
  nullable = false
}
