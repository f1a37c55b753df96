variable "artifacts" {
  description = "S3 keys of the layer's zip and of each job's, with the base64 SHA-256 of the functions' content."
  type = object({
    bucket    = string
    layer     = string
    functions = map(object({ key = string, sha256 = string }))
  })
  nullable = false
}

variable "on_call_emails" {
  description = "Addresses told of every alarm; each must confirm the mail AWS sends it."
  type        = set(string)
  nullable    = false
}
