"""What Terraform cannot see of an environment, and somebody must mend by hand.

`subject` says what should be there, `people`, `running` and `supplies` ask AWS, each check for one
thing, and `report` prints what they found. Nothing is changed.
"""
