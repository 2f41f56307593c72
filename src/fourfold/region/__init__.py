"""What would six bodies' systems send?

Takes a seed; gives the made-up region: rows that make the published figures.
"""
