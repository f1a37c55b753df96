# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: c9c12e54e51e1fe81bf4727ef0651f32d99053139f8e41cfa708601d324fe714
"""What the generator writes for the workers and for producers."""
