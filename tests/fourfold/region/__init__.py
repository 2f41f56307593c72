"""Is the made-up region as it says?"""
