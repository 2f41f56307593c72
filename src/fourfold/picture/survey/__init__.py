"""Which cells serve a place, and how well is that known?"""
