"""Criteria in: a folder of TOML files or a workbook, and what was decided before publication."""
