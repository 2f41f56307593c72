"""Questions asked of evidence: their records, pages and jobs."""
