"""What deploys."""
