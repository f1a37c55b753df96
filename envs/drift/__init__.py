"""How an environment differs from what the manifest says, in two layers beside `check`.

`plan` reads Terraform's plan, less what `allowed` knows and bears; `live` asks AWS for what matters
and holds it against the resolved manifest. Both yield `Difference`s, which `report` prints. Nothing
is changed, and a plan that failed is never a clean one.
"""
