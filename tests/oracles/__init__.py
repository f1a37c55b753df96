"""What Terraform makes of the jobs, held against what AWS itself publishes about its services."""
