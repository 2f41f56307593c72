"""Can we show it?

Takes measures and published reports; gives findings answered from records and
promises kept.
"""
