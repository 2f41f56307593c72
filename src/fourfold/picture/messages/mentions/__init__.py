"""Which people, numbers, plates, places, sums and times does a text name, and where?"""
