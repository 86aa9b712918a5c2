"""Jobs that record what people decide, and what happens, after bids came in."""
