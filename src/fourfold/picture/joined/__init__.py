"""What do calls, messages, pictures, plates and money say together?"""
