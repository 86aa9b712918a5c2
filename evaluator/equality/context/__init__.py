"""What stands beside a programme's own figures: benchmarks, places, the last round."""
