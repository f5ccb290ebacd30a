"""The nouns of the project: statements and facts, official results, claims and reviews."""
