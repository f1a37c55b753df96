variable "github" {
  description = "Whether workflows on GitHub are trusted by some role of the account."
  type        = bool
  default     = false
  nullable    = false
}

variable "vercel_teams" {
  description = "Teams on Vercel, as their addresses name them, whose projects are trusted by some role of the account."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for team in var.vercel_teams : can(regex("^[a-z0-9][a-z0-9._-]*$", team))])
    error_message = "Name each team as its address does, in lower case."
  }
}

variable "tags" {
  description = "Tags of the identity providers."
  type        = map(string)
  default     = {}
  nullable    = false
}
