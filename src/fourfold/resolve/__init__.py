"""Who is who?

Takes rows from many systems; gives entities, with reasons, undoable.
"""
