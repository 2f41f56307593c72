"""What do we intend?

Takes assessed threats; gives plans under all four Ps and what they lack.
"""
