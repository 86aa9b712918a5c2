"""What came in: bids, marks, moderation, decisions, as received and as checked."""
