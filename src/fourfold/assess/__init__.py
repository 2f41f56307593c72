"""How bad is it?

Takes evidence; gives scored, moderated, comparable risk.
"""
