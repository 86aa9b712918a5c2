"""What would have changed each decision: each answer is proven by solving the changed problem again."""
