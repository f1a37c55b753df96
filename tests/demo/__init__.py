"""Tests of the demo that need nothing running."""
