"""Runs that a clock asks for."""
