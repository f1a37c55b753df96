"""What runs the code: virtual time, sandboxes, pollers, faults."""
