"""What did operators, cameras, banks and survey kits send, however large?"""
