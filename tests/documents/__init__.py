"""The documents, drawn, executed and followed."""
