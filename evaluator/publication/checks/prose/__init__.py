"""Prose read as a reader does: its sentences, the figures in it and what each is about, and who may do what."""
