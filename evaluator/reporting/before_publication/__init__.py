"""Documents for those who write criteria: checks, review, map, guide, simulation."""
