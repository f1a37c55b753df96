"""Tests of the library and the handlers: in memory, without a network beyond this machine."""
