"""A programme's folder, and what an office says about itself in it."""
