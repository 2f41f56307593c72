"""Does the code keep those of our rules that no bought linter knows?"""
