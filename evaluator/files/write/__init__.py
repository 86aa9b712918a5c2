"""What goes out: workbooks, TOML, criteria, and pages as Word and PDF files."""
