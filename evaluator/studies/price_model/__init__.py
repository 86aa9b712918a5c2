"""What the price and quality model does to plausible bids, before it is published."""
