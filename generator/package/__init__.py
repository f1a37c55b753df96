"""Deterministic function zips and the dependency layer.

`lambdas/` and `lambdas/layer.lock` in, `build/<target>/` out: one zip a job, one layer, and the
content-addressed keys that Terraform is given. Read `build.py` first.

Nothing here imports what it packages: sources are read, never run.
"""
