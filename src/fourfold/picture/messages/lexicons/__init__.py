"""Which words point to drugs, weapons, exploitation, money, threats and child risk?"""
