"""Does reading lines once more leave the limit of everybody's fields as it was?"""

import csv

import pytest

from fourfold.intake.bulk.line_numbers import LONGEST_FIELD, long_fields
from fourfold.intake.errors import EmptyFile


def test_the_limit_is_wide_inside_and_as_before_after():
    before = csv.field_size_limit()
    with long_fields():
        assert csv.field_size_limit() == LONGEST_FIELD
    assert csv.field_size_limit() == before


def test_the_limit_is_as_before_when_the_reading_fails():
    before = csv.field_size_limit()
    with pytest.raises(EmptyFile), long_fields():
        raise EmptyFile(file="a.csv")
    assert csv.field_size_limit() == before
