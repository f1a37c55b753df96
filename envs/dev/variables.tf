variable "account_id" {
  description = "Account this environment lives in; credentials of any other are refused."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "Write the 12-digit account of dev as account_id into envs/dev/terraform.tfvars."
  }
}

variable "region" {
  description = "Region this environment lives in; the state's region stands in backend.tf."
  type        = string
  default     = "eu-west-1"
  nullable    = false
}

variable "artifacts" {
  description = "S3 keys of the zips and the hashes of the functions', from `build/aws/artifacts.auto.tfvars.json`."
  type        = object({ layer = string, functions = map(object({ key = string, sha256 = string })) })
  nullable    = false
}

variable "site_url" {
  description = "Beginning of the site's addresses, as the handlers see it."
  type        = string
  nullable    = false
}

variable "parties" {
  description = "Beginnings of the addresses of the services that jobs talk to, by the variable that their handlers read."
  type        = map(string)
  nullable    = false
}

variable "mail_domain" {
  description = "Domain the mails are sent from; SES asks for its DKIM records in DNS."
  type        = string
  nullable    = false
}

variable "shares_mail_domain" {
  description = "Whether another environment of the same account and region makes the domain's identity in SES, of which there is one."
  type        = bool
  default     = false
  nullable    = false
}

variable "on_call_emails" {
  description = "Addresses told of every alarm; each must confirm the mail AWS sends it."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "budget" {
  description = "USD a month from which those on call are told of the costs; 0 for no budget."
  type        = number
  default     = 0
  nullable    = false
}
