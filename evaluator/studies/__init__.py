"""Questions that run the stages again, before an award or after it. Pure: no file, clock or dice but a given seed."""
