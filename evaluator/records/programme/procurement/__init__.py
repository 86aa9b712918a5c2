"""The procurement that criteria are published for: what is said of it, and its dates put in order."""
