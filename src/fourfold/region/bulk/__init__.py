"""What would operators, handset tools, cameras and survey kits have sent, in bulk?"""
