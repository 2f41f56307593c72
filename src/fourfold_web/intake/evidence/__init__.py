"""Files of bulk evidence: taken in, confirmed, read, and the authority they need."""
