"""Terraform's resources in the words of CloudFormation and of AWS's own APIs."""
