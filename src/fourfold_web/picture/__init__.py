"""What do we see?

Takes entities; gives threats, networks, contacts, places and timelines.
"""
