"""Every claim of the statements against the official record, with its arithmetic; `review.py` is the way in."""
