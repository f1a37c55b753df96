"""One module a job: what it does."""
