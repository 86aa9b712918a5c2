"""What a bidder must meet: gates, minimums, what is verified of what a bid says; and which questions may not apply."""
