"""What the stages found: scores, awards, what would have changed them, equality."""
