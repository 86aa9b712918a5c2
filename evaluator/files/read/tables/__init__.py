"""Tables in: sheets of workbooks and CSV files become columns of texts, each cell with its place."""
