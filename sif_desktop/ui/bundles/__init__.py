"""The page for what is handed over: bundles and PDFs, looked at, signed along, and united."""
