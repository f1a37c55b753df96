"""What is on record: done once, how often tried, and how it ended."""
