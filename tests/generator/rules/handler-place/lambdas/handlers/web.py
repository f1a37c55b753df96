"""Constants that handlers share."""

TIMEOUT = 3
