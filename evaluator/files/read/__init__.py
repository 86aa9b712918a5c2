"""What comes in: every reader, and the guard that all workbooks pass."""
