"""What lies between the screens and a terminal: text, sounds, profiles, keys, and the driver."""
