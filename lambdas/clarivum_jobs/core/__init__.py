"""What every part of the library stands on: settings, clients, errors, the message as it came."""
