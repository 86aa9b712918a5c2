"""The method of equal shares, for projects that people voted on: each voter has the same sum to spend."""
