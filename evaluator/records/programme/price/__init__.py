"""Prices: on what basis they are compared, and the methods that turn them into points."""
