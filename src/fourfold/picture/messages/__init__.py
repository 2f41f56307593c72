"""What do messages and documents say, and what must be read first?"""
