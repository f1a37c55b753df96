"""Code that handlers share."""
