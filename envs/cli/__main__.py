"""`python -m envs.cli`: the same as `clarivum`."""

from envs.cli.main import main

main(prog_name="clarivum")
