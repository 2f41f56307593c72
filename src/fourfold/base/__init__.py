"""What do all stages share?

Takes rule sheets, code lists, errors, clocks and names of bodies; gives words that mean
one thing everywhere.
"""
