"""Which reference does a new record get?

References are readable and stable: region, kind, number (EM-THR-0042). A gap in
numbers tells nothing but that a number was given out.
"""

from django.db import connection

from fourfold_web.base.models import Body


def next_references(body: Body, code: str, count: int = 1) -> list[str]:
    """Which `count` references come next for a kind of record in the body's region?

    Args:
        body: the owning body.
        code: three letters of the kind, for example "THR".
        count: how many; 0 gives none.
    """
    if count < 1:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO base_counter (region_id, code, last) VALUES (%s, %s, %s)"
            " ON CONFLICT (region_id, code)"
            " DO UPDATE SET last = base_counter.last + excluded.last RETURNING last",
            [body.region_id, code, count],
        )
        last = cursor.fetchone()[0]
    prefix = body.region.prefix
    return [f"{prefix}-{code}-{n:04d}" for n in range(last - count + 1, last + 1)]
