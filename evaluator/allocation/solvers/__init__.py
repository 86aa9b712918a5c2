"""The only code that knows a solver."""
