"""Did it work?

Takes everything before it; gives one definition of each figure, with its rows.
"""
