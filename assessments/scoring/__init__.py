"""One sheet of answers by one model: exact numbers, bounds, bands, reasons, and the least that reaches the next band.

Pure. Knows no files and no packs.
"""
