"""Checks of how price and other figures earn points."""
