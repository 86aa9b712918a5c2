"""What is best of a problem, asked again and again with one thing changed: one oracle, and its strategies."""
