"""What a message says: payload, envelope and key, and how they are read."""
