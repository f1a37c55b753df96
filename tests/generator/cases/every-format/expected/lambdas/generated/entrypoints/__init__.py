# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: c1655b6bec60b3125327356bc37caa0cd2f0a0920ac4cb3f2f377c52e4166f0d
"""One module a job: what Lambda calls."""
