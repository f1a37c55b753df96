"""What is asked of a run, and of every job."""
