"""All that a window or a command line calls, and nothing that shows."""
