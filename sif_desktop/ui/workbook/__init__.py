"""The budget as a workbook: written out, and brought in when one saw what it changes."""
