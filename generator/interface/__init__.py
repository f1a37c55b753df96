"""Whether what a Terraform root passes to its modules is what they take, without Terraform.

`reading` parses `.tf` files, `kinds` their type constraints, `values` what is passed; `fits`
compares one with the other, and `judge` goes through all calls of a repository.
"""
