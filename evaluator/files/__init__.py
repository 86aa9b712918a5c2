"""The only code that touches files: criteria and bids in, workbooks in and out, the guard, runs and bundles."""
