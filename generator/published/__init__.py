"""What was published before: the contracts of every number, and what they accept."""
