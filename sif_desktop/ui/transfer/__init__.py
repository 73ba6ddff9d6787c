"""The page from which each field is copied into a web form."""
