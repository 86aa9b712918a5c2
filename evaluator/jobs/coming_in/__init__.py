"""What comes in: files received and filed, their receipts, and spreadsheets of other makers."""
