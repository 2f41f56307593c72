"""Which vehicles were where, with whom, and which are wanted?"""
