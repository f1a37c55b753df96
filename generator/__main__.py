"""`python -m generator`."""

import gc

from generator.cli import main

# What a run makes it needs to its end, so that looking for garbage finds none and takes a fifth.
gc.disable()
main(prog_name="python -m generator")
