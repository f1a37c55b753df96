"""The card of a pull request."""
