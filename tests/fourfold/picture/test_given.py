"""Does each typed word become the value that was meant, or an error?"""

from datetime import UTC, date, datetime

import click
import pytest

from fourfold.picture.given import (
    Day,
    Instant,
    NotAList,
    columns_given,
    texts_of_file,
)


@pytest.mark.parametrize(
    ("data", "values"),
    [
        (b"07700900001\n07700900002\n", ("07700900001", "07700900002")),
        (b"\xef\xbb\xbfnumber\r\n1\r\n2\r\n", ("1", "2")),
        ("Rufnummer;x\n1;a\n".encode("utf-16"), ("1;a",)),
        (b"whose phone\n+44 7700 900001\n", ("+44 7700 900001",)),
        (b"alice\nbob\n", ("alice", "bob")),
        (b'1,"a, b"\n1,c\n\n2,d\n', ("1", "2")),
        (b"caf\xe9\n1\n", ("1",)),
    ],
)
def test_a_list_is_read_whatever_its_heading_and_encoding(tmp_path, data, values):
    path = tmp_path / "list.csv"
    path.write_bytes(data)
    assert texts_of_file(path) == values


@pytest.mark.parametrize(
    ("data", "fault"),
    [(b"", "empty"), (b"number\n", "empty"), (b"1\x002", "text file")],
)
def test_what_is_no_list_is_refused(tmp_path, data, fault):
    path = tmp_path / "list.csv"
    path.write_bytes(data)
    with pytest.raises(NotAList, match=fault):
        texts_of_file(path)


@pytest.mark.parametrize(
    "word", ["2026-06-03", "03/06/2026", "3 June 2026", "3.6.2026"]
)
def test_a_day_is_read_day_first(word):
    assert Day().convert(word, None, None) == date(2026, 6, 3)


def test_a_time_without_a_zone_is_by_the_clock_of_the_kingdom():
    at = datetime(2026, 6, 3, 17, tzinfo=UTC)
    assert Instant().convert("2026-06-03T18:00", None, None) == at
    assert Instant().convert("2026-06-03 17:00Z", None, None) == at
    with pytest.raises(click.BadParameter):
        Instant().convert("teatime", None, None)


def test_columns_belong_to_the_first_kind_unless_another_is_named():
    given = columns_given(["caller=From, called=To", "cells.lat=Y"], "calls")
    assert given == {"calls": {"caller": "From", "called": "To"}, "cells": {"lat": "Y"}}
