"""A worker makes its statements before anybody asks; afterwards none is made anew."""

from datetime import date

from fourfold_web.desk import warm


def test_no_statement_is_made_anew_for_other_days(monkeypatch, settings):
    warm.make_statements()
    made = []
    monkeypatch.setattr("ibis.to_sql", lambda *a, **k: made.append(a) or "SELECT 1")
    settings.FOURFOLD_TODAY = date(2024, 3, 15)
    warm.make_statements()
    assert made == []
