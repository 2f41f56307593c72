"""Which deliveries may an officer see, and which rows wait to be mended?"""

from django.db import connection


def compartments_held() -> frozenset[str]:
    """To which compartments does the officer who asks belong today?"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access.compartments()")
        return frozenset(cursor.fetchone()[0])
