"""Agreeing marks: the meeting, answer by answer, and who met when."""
