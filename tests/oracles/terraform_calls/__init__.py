"""What Terraform itself asks of AWS, as its provider writes it down."""
