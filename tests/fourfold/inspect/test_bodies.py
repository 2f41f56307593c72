import pytest

from fourfold.base import bodies as known
from fourfold.inspect import bodies


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("East Midlands Special Operations Unit (EMSOU)", ["emsou", "emsou"]),
        ("The ROCU for the West Midlands", ["rocuwm"]),
        ("West Midlands Police in the West Midlands", ["west-midlands"] * 2),
        ("Avon & Somerset Police and Devon and Cornwall", None),
        ("the Yorkshire & Humber ROCU", ["yhrocu"]),
        ("Dyfed\u2011Powys Police", ["dyfed-powys"]),
        ("Lincolnshire police", ["lincolnshire"]),
        ("Hampshire and Isle of Wight Constabulary", ["hampshire"]),
        ("Met Police and BTP", ["metropolitan", "btp"]),
        ("Kent County Council", []),
        ("the commissioner for Cleveland", []),
        ("London", []),
    ],
)
def test_a_body_is_known_by_each_of_its_names(text, slugs):
    expected = slugs or []
    if slugs is None:
        expected = ["avon-and-somerset", "devon-and-cornwall"]
    assert [m.body.slug for m in bodies.mentions(text)] == expected


@pytest.mark.parametrize("slug", sorted(known.BODIES))
def test_every_force_and_unit_is_known_by_its_full_and_its_short_name(slug):
    body = known.BODIES[slug]
    found = bodies.named(body.name)
    assert found is not None
    assert (found.kind, found.slug) == (body.kind, slug)
    if body.kind == "rocu":
        short = bodies.named(body.short)
        assert short is not None
        assert short.slug == slug


def test_a_region_and_a_force_of_one_name_are_told_apart():
    region, force = bodies.mentions("the West Midlands region and West Midlands Police")
    assert (region.body.kind, force.body.kind) == ("region", "force")


def test_a_fire_service_is_a_body_of_its_own():
    (found,) = bodies.mentions("In Devon and Somerset Fire and Rescue Service, crews")
    assert found.body.kind == "fire"
    assert found.body.name == "Devon and Somerset Fire and Rescue Service"


def test_a_name_with_more_words_around_it_is_not_a_name_alone():
    assert bodies.named("The Surrey Police") is not None
    assert bodies.named("Surrey Police works well") is None


def test_the_name_shown_is_the_full_one_that_the_report_prints():
    texts = ["Avon and Somerset Police", "Met Police", "SWROCU", "Lincolnshire police"]
    shown = bodies.printed_names(texts)
    assert shown == {("force", "avon-and-somerset"): "Avon and Somerset Police"}
