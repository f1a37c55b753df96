variable "endpoint" {
  description = "Address of the emulator, such as http://127.0.0.1:4566."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^https?://(127\\.0\\.0\\.1|localhost|\\[::1\\]):[0-9]+$", var.endpoint))
    error_message = "Give the emulator's address on this machine as http://127.0.0.1:PORT."
  }
}

variable "region" {
  description = "Region the emulator plays."
  type        = string
  default     = "eu-west-1"
  nullable    = false
}

variable "artifacts" {
  description = "S3 keys of the zips and the hashes of the functions', from `build/host/artifacts.auto.tfvars.json`."
  type        = object({ layer = string, functions = map(object({ key = string, sha256 = string })) })
  nullable    = false
}

variable "site_url" {
  description = "Beginning of the site's addresses, as the handlers see it."
  type        = string
  default     = "http://127.0.0.1:8080"
  nullable    = false
}
