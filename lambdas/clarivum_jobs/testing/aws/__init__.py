"""The services, as far as jobs use them."""
