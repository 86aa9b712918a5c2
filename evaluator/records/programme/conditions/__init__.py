"""What a bidder must meet beside its score: gates, and what is verified of what a bid says of itself."""
