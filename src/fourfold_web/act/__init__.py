"""What did it change?

Takes operations; gives graded disruptions, orders, assets, safeguarding.
"""
