output "role_arn" {
  description = "ARN of the role, known once it may enqueue."
  value       = aws_iam_role.this.arn
  depends_on  = [aws_iam_role_policy.this]
}

output "variables" {
  description = "Environment variables of the service: what the library reads, and the role's ARN as AWS_ROLE_ARN."
  value       = merge(var.variables, { AWS_ROLE_ARN = aws_iam_role.this.arn, AWS_REGION = var.platform.region })
}

output "issuers" {
  description = "Hosts whose identity providers the account must have."
  value       = module.trust.issuers
}
