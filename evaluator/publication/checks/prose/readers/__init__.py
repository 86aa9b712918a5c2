"""Readers of sentences: each gives what a sentence says of one subject that criteria have a key for, or a name."""
