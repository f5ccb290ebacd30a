"""From names to the things they stand for."""
