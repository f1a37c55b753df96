output "names" {
  description = "Names of the dashboards: `throughput` and `errors`."
  value       = { throughput = aws_cloudwatch_dashboard.throughput.dashboard_name, errors = aws_cloudwatch_dashboard.errors.dashboard_name }
}
