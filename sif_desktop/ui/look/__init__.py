"""How the window looks: spacing, type, colours from the system's palette, icons."""
