"""Questions asked of bulk evidence, and their results."""
