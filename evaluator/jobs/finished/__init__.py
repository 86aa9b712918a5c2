"""Jobs on a finished run: opened from its bundle again, told of in letters, released, and recomputed."""
