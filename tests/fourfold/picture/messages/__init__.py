"""Do messages say what they say?"""
