"""A handler that has been filled in."""

from json import loads as handle

__all__ = ["handle"]
