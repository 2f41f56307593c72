"""More rights never hide a record, and the pages' rule is the database's rule."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fourfold_web.base.audit import acting_as, change
from fourfold_web.base.models import (
    Body,
    CompartmentHeld,
    Officer,
    RoleHeld,
    RoleKind,
)
from fourfold_web.base.visible import visible_to
from fourfold_web.picture.models import Threat

pytestmark = pytest.mark.django_db

BODIES = ("emsou", "derbyshire", "leicestershire")
WALLS = ("sycamore", "juniper")
ROLES = ("lead_officer", "partner", "threat_assessor", "auditor", "administrator")
SINCE = date(2020, 1, 1)

some_walls = st.lists(st.sampled_from(WALLS), unique=True)
markings = st.fixed_dictionaries(
    {
        "classification": st.sampled_from(["official", "official_sensitive"]),
        "compartments": some_walls,
        "shared_with": st.lists(st.sampled_from(BODIES), unique=True),
    }
)
held = st.lists(
    st.tuples(st.sampled_from(ROLES), st.sampled_from(BODIES)), unique=True, max_size=3
)


@pytest.fixture
def newcomer():
    """An officer without any role yet, and how to give roles and memberships."""
    made = Officer.objects.create(
        username="newcomer",
        name="N. Comer",
        reference="TST-N",
        body=Body.objects.get(slug="derbyshire"),
    )
    keys = Officer.objects.get(username="keys")

    def give(roles, walls):
        with acting_as(keys), change(keys, "role.given", about=keys) as line:
            RoleHeld.objects.bulk_create(
                RoleHeld(
                    officer=made,
                    role=RoleKind.objects.get(key=role),
                    body=Body.objects.get(slug=body),
                    since=SINCE,
                )
                for role, body in roles
            )
            CompartmentHeld.objects.bulk_create(
                CompartmentHeld(officer=made, compartment_id=wall, since=SINCE)
                for wall in walls
            )
            line.add(made)

    return made.pk, give


def seen_by(pk):
    """What does the officer see: by the database alone, and by the pages' rule?"""
    officer = Officer.objects.get(pk=pk)
    with acting_as(officer):
        in_database = set(Threat.objects.values_list("reference", flat=True))
    with acting_as(Officer.objects.get(username="service-counter")):
        rows = visible_to(officer, Threat)
        on_pages = set(rows.values_list("reference", flat=True))
    return in_database, on_pages


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    records=st.lists(
        st.tuples(st.sampled_from(BODIES), markings), min_size=1, max_size=4
    ),
    roles=held,
    walls=some_walls,
    more_roles=held,
    more_walls=some_walls,
)
def test_a_role_or_a_compartment_more_never_hides_a_record(
    make_threat, newcomer, records, roles, walls, more_roles, more_walls
):
    from django.db import transaction

    pk, give = newcomer
    with transaction.atomic():
        for body, marking in records:
            make_threat(body, **marking)
        give(roles, walls)
        before = seen_by(pk)
        give(
            [one for one in more_roles if one not in roles],
            [one for one in more_walls if one not in walls],
        )
        after = seen_by(pk)
        transaction.set_rollback(True)
    assert before[0] == before[1]
    assert after[0] == after[1]
    assert before[0] <= after[0]
