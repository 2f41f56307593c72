"""One picture of serious and organised crime for a region: words, rules and sums.

No Django and no network. Nine stages in the order of the work, over one base.
"""
