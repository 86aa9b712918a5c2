"""What an auditor works with: every value of a run with the cell that it came from, and samples of them."""
