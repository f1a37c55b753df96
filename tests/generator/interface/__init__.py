"""The check of module calls, without Terraform."""
