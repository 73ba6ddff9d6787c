"""The budget to and from a workbook: written with lists and sums, read as a stranger's file."""
