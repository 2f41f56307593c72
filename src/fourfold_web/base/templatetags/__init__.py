"""Which words and parts may a template use?"""
