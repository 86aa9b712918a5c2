"""Studies as text, pages and JSON: what would have changed, what rules cost, how firm awards are."""
