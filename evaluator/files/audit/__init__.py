"""What an auditor opens: run folders, bundles, the ledger, signatures, and the files that verify."""
