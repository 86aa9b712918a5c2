"""Groups compared: rates at each stage, what drives a gap, and the sentences that say so."""
