"""Open data of others in: OCDS tenders as drafts of criteria; OCDS bids, 360Giving and Pabulib as candidates."""
