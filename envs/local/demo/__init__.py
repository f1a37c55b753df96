"""`make demo`: every kind of job and every kind of failure, for real, on this machine.

`stack.py` brings up and takes down, `scenario.py` sends jobs, `observe.py` looks at what they did,
`expectations.py` says what they should have done.
"""
