output "on_call_queue_url" {
  description = "Queue that keeps the on-call notifications."
  value       = aws_sqs_queue.on_call.url
}

output "site_bucket" {
  description = "Bucket the site's files are written to."
  value       = module.site.name
}

output "data_bucket" {
  description = "Bucket of exports and documents."
  value       = module.data.name
}

output "table_name" {
  description = "Record table."
  value       = module.platform.table_name
}

output "producer" {
  description = "What a service needs to enqueue."
  value       = module.platform.producer
}
