"""Facts of AWS and of the runtime that the values of a manifest must respect.

`registry` says what a rule is, `run` applies them all;
each other module holds the rules of one topic.
Terraform's provider checks few of these: others fail at `apply`, or lose messages later.
"""
