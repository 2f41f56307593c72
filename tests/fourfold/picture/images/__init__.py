"""Are pictures compared, matched and placed as said?"""
