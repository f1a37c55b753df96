output "policy" {
  description = "The trust policy of the role, as JSON."
  value       = jsonencode({ Version = "2012-10-17", Statement = local.statements })
}

output "issuers" {
  description = "Hosts whose identity providers the account must have; the issuers module makes them."
  value       = sort(keys(local.tokens))
}
