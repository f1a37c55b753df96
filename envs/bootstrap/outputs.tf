output "state_bucket" {
  description = "Bucket for the environment's Terraform state."
  value       = module.state.name
}

output "artifact_bucket" {
  description = "Bucket for the environment's code."
  value       = module.artifacts.name
}
