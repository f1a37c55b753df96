"""Terraform as every target runs it, and the way of the code to an environment.

`provider` finds the AWS provider, `terraform` runs the command, `validate` checks every root and
module, `settings` reads an environment's own facts, `artifacts` uploads the zips, and `release`
strings them together: package, upload, init, plan, judge, apply. What a plan may remove is judged
by `removal`, from what `facts` sees; `change` is one plan on its way.
"""
