"""Tests of the Terraform modules and roots."""
