output "arns" {
  description = "ARNs of the identity providers, by host."
  value       = { for host, provider in aws_iam_openid_connect_provider.this : host => provider.arn }
}
