"""The verbs of the desk: each reads its options, asks the room, and prints lines or JSON."""
