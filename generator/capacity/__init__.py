"""How much a job can do: what a rate of messages asks for, and which limit it meets first.

`queueing` is arithmetic, `quotas` are AWS's with their date, `report` says both in words.
"""
