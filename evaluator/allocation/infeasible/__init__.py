"""Rules that cannot hold together: which, and what would end it."""
