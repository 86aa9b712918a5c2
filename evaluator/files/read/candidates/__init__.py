"""Candidates that were scored elsewhere, the rules of their award, and lists of prices."""
