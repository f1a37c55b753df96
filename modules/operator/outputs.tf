output "role_arns" {
  description = "ARNs of the roles by what they do, `read` and `act`, known once they may do it."
  value       = { for name, role in aws_iam_role.this : name => role.arn }
  depends_on  = [aws_iam_role_policy.this]
}

output "issuers" {
  description = "Hosts whose identity providers the account must have."
  value       = distinct(flatten([for trust in module.trust : trust.issuers]))
}
