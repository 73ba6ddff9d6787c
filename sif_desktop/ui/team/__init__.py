"""The page on working together: packets, merging, sign-off."""
