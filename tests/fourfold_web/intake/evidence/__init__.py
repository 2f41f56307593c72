"""Evidence files: their records, pages and jobs."""
