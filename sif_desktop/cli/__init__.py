"""The command line: names and exit codes are fixed; words are in the user's language."""
