"""The intake: all bundles of a folder verified, checked anew, laid down in one table, added up.

ledger     what was found and judged so far, on disk: an interrupted intake goes on from it
row        what is kept of one bundle
judging    one bundle judged; runs in a worker, and never raises for what a bundle holds
running    all bundles through any executor of `concurrent.futures`
across     what only the holder of all bundles can say
tables, outputs, report    the table as workbook, CSV and JSON, and the report as PDF
desk       the whole of it, as the command line and the window call it
"""
