"""Exceptions: what an auditor looks at first, each with its test and how often honest programmes show it."""
