"""What several handlers share, and what would make one of them too long."""
