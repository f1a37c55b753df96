"""Tests of running Terraform and deploying with it."""
