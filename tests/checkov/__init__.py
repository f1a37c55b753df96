"""Checkov over the modules and the roots, each finding with its reason."""
