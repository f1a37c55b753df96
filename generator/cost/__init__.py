"""What jobs cost: a table of prices, and what each job uses of it.

List prices before anything that AWS gives for free. `usage` says how much a job does, `estimate`
what that is in USD.
"""
