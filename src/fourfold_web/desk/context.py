"""What stands around every page: who I am, what day it is, where I can go?"""

from django.http import HttpRequest

from fourfold_web.base.clock import demonstration, today


def surroundings(request: HttpRequest) -> dict[str, object]:
    """What does every page show round its edges?"""
    del request
    return {"demonstration": demonstration(), "today": today()}
