"""What do call records say: who, when, where, and what changed?"""
