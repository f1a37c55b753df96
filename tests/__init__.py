"""Tests, one directory a room of the tree."""
