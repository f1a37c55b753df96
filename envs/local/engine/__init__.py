"""The AWS of this machine: a real emulator process, started, watched and stopped.

`emulator.py` starts it, `processes.py` ends it without leftovers, `alarms.py` plays the part of
CloudWatch that it lacks, `quirks.py` is the one list of where it differs from AWS.
"""
