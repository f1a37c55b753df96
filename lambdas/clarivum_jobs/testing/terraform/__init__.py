"""As much of Terraform as the project's own modules need: what they say is what a world has."""
