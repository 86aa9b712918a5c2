"""The published price methods."""
