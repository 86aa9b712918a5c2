"""Synthetic bids to run the evaluator on, and the script that makes them."""
