"""The documents of a run as a whole, and its outcome for machines."""
