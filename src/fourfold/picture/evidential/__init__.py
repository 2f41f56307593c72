"""How is an answer from bulk evidence put before a court?"""
