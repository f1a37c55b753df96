"""The whole way, for real."""
