"""The proposal as a tree of values, its addresses and its edits. Knows no files, no window."""
