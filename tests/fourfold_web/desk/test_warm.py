"""Which regions a worker gets ready for before anybody asks."""

import pytest

from fourfold_web.base.models import Officer, RoleHeld
from fourfold_web.desk.warm import regions_in_use

pytestmark = pytest.mark.django_db


def test_only_regions_whose_officers_may_sign_in_are_made_ready():
    assert regions_in_use() == ["east-midlands"]


def test_a_database_without_officers_makes_nothing_ready(officer):
    assert RoleHeld.objects.exists()
    Officer.objects.filter(is_service=False).update(is_active=False)
    assert regions_in_use() == []
