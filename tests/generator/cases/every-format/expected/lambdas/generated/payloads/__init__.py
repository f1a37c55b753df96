# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: 7ddeae237e363bbc8d99af1d00f4798954d05bd4fa299d9d90b2ebdf221799de
"""One module a job: its payload."""
