"""Who does what, with what?

Takes bids, posts and queues; gives decisions and tasks.
"""
