"""A folder of bids in: register and bid forms, returns, moderation, panel."""
