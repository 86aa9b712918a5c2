"""Papers for auditors: working papers, what became of many bundles, and programmes side by side."""
