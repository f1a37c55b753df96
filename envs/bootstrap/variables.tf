variable "project" {
  description = "Name of the project, as in jobs.yaml."
  type        = string
  default     = "clarivum"
  nullable    = false
}

variable "environment" {
  description = "Environment to prepare. Its name is also the Terraform workspace, so that each keeps its own state."
  type        = string
  nullable    = false

  validation {
    condition     = var.environment == terraform.workspace
    error_message = "Select the workspace of the same name first: terraform workspace select -or-create ENVIRONMENT."
  }
}

variable "account_id" {
  description = "Account of the environment; credentials of any other are refused."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "Give account_id as 12 digits."
  }
}

variable "region" {
  description = "Region of the environment."
  type        = string
  default     = "eu-west-1"
  nullable    = false
}

variable "access_log_days" {
  description = "Days for which it is kept who read or wrote state and code; 0 keeps no such log."
  type        = number
  default     = 90
  nullable    = false
}
