"""The one command line: the generator's verbs, and those that act on a running environment."""
