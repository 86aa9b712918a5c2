"""What an office is told of its programme's folder: receipts, and what is kept until when."""
