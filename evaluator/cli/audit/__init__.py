"""Commands for those who trust nothing: ledgers, signatures, and many bundles at once."""
