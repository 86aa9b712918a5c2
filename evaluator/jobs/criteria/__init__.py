"""Criteria while they are written: a draft that is changed entry by entry, its check, and a trial of its prices."""
