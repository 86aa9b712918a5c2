"""Diameters of six samples of penicillin on 24 plates (Davies and Goldsmith 1972, table 6.6; lme4's ``Penicillin``)."""

PLATES = """
27 23 26 23 23 21 | 27 23 26 23 23 21 | 25 21 25 24 24 20 | 26 23 25 23 23 20 | 25 22 26 22 23 20 | 24 22 25 23 22 19
24 20 23 21 22 19 | 26 22 26 24 24 21 | 24 21 24 22 22 20 | 24 21 24 23 22 19 | 26 23 26 24 24 21 | 25 22 26 24 24 20
26 24 26 24 25 22 | 26 23 26 23 23 20 | 26 23 25 24 24 22 | 25 22 25 23 23 20 | 25 21 24 23 23 20 | 25 22 24 23 23 19
24 21 23 21 21 19 | 26 23 26 24 24 21 | 25 21 24 22 22 18 | 25 22 25 22 22 20 | 24 21 24 22 24 19 | 24 21 24 22 21 18
"""
TABLE = [[int(value) for value in plate.split()] for row in PLATES.strip().splitlines() for plate in row.split("|")]
