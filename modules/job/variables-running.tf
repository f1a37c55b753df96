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
