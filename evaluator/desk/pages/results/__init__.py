"""Results of a run: rankings and cuts as pictures, every bid traced to its cells, what-ifs, and what changed."""
