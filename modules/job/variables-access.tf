variable "access" {
  description = "What the function may do: read the platform's `secrets` of these names, enqueue the jobs of this environment that `enqueues` names, also with a delay, and what `statements` say: IAM `actions` on `resources`, under `conditions` (operator, key, values)."
  type = object({
    secrets  = optional(list(string), [])
    enqueues = optional(list(string), [])
    statements = optional(list(object({
      actions    = list(string)
      resources  = list(string)
      conditions = optional(map(map(list(string))), {})
    })), [])
  })
  default  = {}
  nullable = false
}
