output "producer" {
  description = "What a service needs to enqueue: environment variables for the library and an IAM policy to attach."
  value       = module.platform.producer
}

output "secret_names" {
  description = "Secrets to fill by hand."
  value       = module.platform.secret_names
}

output "site_bucket" {
  description = "Bucket the site's files are written to."
  value       = module.site.name
}

output "mail_dkim_records" {
  description = "DNS records that verify the mail domain."
  value = [for token in flatten(concat(aws_sesv2_email_identity.mail, data.aws_sesv2_email_identity.shared)[*].dkim_signing_attributes[0].tokens) :
    { name = "${token}._domainkey.${var.mail_domain}", type = "CNAME", value = "${token}.dkim.amazonses.com" }
  ]
}
