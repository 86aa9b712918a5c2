"""Pages about many finished runs at once: what became of each bundle, and programmes side by side."""
