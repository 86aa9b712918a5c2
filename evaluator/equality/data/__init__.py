"""The replies to the monitoring, and what is counted from them and from the run."""
