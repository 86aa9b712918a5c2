"""The search for the best set of awards: objectives one after another, bounds, counting, ties."""
