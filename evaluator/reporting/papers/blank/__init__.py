"""Blank papers to fill in: the register, and the panel with its declarations."""
