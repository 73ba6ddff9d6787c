"""The page for whoever receives proposals: a folder of bundles, their table, what they come to."""
