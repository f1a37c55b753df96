"""Costs of jobs."""
