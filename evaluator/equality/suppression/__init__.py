"""What of equality may be shown: one part proposes by the sizes of cells, the other disposes."""
