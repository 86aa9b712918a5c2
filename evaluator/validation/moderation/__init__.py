"""Before and at moderation: who marks what, how far they have come, how far they agree, what is left to agree."""
