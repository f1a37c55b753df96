"""One module a job whose contract has grown: `from_1` makes version 2 of version 1, and so on."""
