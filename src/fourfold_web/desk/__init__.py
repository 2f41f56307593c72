"""What does everybody meet first, and what do pages that span stages show?

Takes: every stage. Gives: home, search, settings, the launcher and `fourfold`.
"""
