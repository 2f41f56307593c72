"""What arrived, and how good is it?

Takes files; gives checked rows and their faults.
"""
