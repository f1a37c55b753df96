"""Tests of the development loop."""
