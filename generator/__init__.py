"""Build time: one `jobs.yaml` to everything that must agree with it. Start at `pipeline`."""
