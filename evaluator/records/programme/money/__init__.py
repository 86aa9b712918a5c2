"""What becomes of the money beside the rules of award: sums, choices, the order of merit, the work of contracts."""
