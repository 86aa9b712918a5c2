"""What an office is given about a programme: settings, first page, receipts, imports, and what is kept until when."""
