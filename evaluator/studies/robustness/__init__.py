"""How far awards rest on single marks, evaluators and weights."""
