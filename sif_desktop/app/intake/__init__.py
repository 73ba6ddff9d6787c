"""The intake: all bundles of a folder verified, checked anew, laid down in one table, added up.

ledger     what was found and judged so far, on disk: an interrupted intake goes on from it
row        what is kept of one bundle
judging    one bundle judged; runs in a worker, and never raises for what a bundle holds
running    all bundles through any executor of `concurrent.futures`
worker     a process of that executor, which ends with the one that started it
across     what only the holder of all bundles can say
figures    of one call in words, for the report and the window
listing    the table as a window shows it: columns, filters, order
outcome    what a window keeps of an intake, and what it does with it
tables, outputs, report    the table as workbook, CSV and JSON, and the report as PDF
desk       the whole of it, as the command line and the window call it
"""
