"""How long does it take, on this machine, today?"""
