"""Which pictures are alike, known, or say where and when they were taken?"""
