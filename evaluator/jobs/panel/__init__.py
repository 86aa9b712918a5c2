"""What the panel does at a desk, one entry at a time: declarations of interest, and agreed marks."""
