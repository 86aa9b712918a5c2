"""What people decide and what happens after bids came in, as forms that save into the files that commands read."""
