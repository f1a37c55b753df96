"""Payload schemas: what is read, and what the generated models then accept."""
