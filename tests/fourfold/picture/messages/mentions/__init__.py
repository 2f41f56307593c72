"""Is what a text names found, and nothing else?"""
