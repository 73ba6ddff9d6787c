"""The history of a draft in the window: moments at the left, what differs at the right."""
