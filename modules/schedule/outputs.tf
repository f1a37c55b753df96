output "names" {
  description = "Names of the schedules in their group, by schedule."
  value       = { for name, schedule in aws_scheduler_schedule.this : name => schedule.name }
}

output "enabled" {
  description = "Whether each schedule fires, by schedule."
  value       = { for name, schedule in aws_scheduler_schedule.this : name => schedule.state == "ENABLED" }
}

output "role_arn" {
  description = "ARN of the role Scheduler takes."
  value       = aws_iam_role.this.arn
}
