"""Simulations have no metrics, and begin with a logger that nobody has used."""

from tests.simulator.conftest import _own_log

__all__ = ["_own_log"]
