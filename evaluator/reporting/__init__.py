"""Outcome to text and tables; nothing here computes or touches a file."""
