"""How `data/weights.json` is made: annotated documents in, weights out, the same bytes each time."""
