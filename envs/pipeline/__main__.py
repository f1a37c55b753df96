"""`python -m envs.pipeline VERB`."""

from envs.pipeline.commands import main

main()
