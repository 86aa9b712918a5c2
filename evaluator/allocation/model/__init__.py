"""The published rules as rows of whole numbers."""
