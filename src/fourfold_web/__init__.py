"""The site: records, pages, permission and log, a Django app for each stage."""
