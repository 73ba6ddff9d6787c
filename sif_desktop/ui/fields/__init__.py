"""Editors for the kinds of field of a call, and the row that shows one with its findings."""
