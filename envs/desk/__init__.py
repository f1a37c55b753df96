"""The operator's desk: what acts on an environment that runs, for the command line and the console.

`place` says where things are. Reading (`groups`, `runs`, `logs`, `states`) asks records and
counters alone; acting on dead letters goes by a plan (`planning`) that is carried out (`applying`)
letter by letter, each step on record before it is taken (`audit`).
"""
