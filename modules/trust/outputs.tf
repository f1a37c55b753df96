output "policy" {
  description = "The trust policy of the role, as JSON."
  value       = local.policy

  precondition {
    condition     = length(local.policy) <= 2048
    error_message = "Trust fewer: IAM takes 2048 characters of a role's trust, these are ${length(local.policy)}. Others can have a role of their own."
  }
}

output "issuers" {
  description = "Hosts whose identity providers the account must have; the issuers module makes them."
  value       = sort(keys(local.tokens))
}
