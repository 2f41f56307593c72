"""One picture of evidence: its facts, and what of it may be looked at."""
