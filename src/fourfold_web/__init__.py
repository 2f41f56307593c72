"""The site: records, pages, permission and log, one Django app a stage."""
