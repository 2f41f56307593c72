"""Which regions, bodies, prisons and roles are there? Loaded from the library."""

from fourfold.base.bodies import BODIES, REGIONS, prisons
from fourfold_web.base.models import Body, Prison, Region, RoleKind
from fourfold_web.base.roles import ROLES

PREFIXES = {
    "north-east": "NE",
    "yorkshire-and-the-humber": "YH",
    "north-west": "NW",
    "southern-wales": "SWA",
    "west-midlands": "WM",
    "east-midlands": "EM",
    "eastern": "EA",
    "south-west": "SW",
    "london": "LDN",
    "south-east": "SE",
}


def load_reference_data(using: str = "owner") -> None:
    """Write regions, bodies, prisons and roles as the library's sheets have them.

    Run by the owner after migrations; running it again brings changes of the sheets.
    """
    for region in REGIONS.values():
        Region.objects.using(using).update_or_create(
            key=region.key,
            defaults={"name": region.says, "prefix": PREFIXES[region.key]},
        )
    for body in BODIES.values():
        Body.objects.using(using).update_or_create(
            slug=body.slug,
            defaults={
                "name": body.name,
                "short": body.short,
                "kind": body.kind,
                "region_id": body.region,
                "population": body.population,
            },
        )
    for prison in prisons():
        values = {"name": prison.name, "postcode": prison.postcode}
        Prison.objects.using(using).update_or_create(
            code=prison.code, defaults=values | {"lat": prison.lat, "lon": prison.lon}
        )
    for role in ROLES.values():
        RoleKind.objects.using(using).update_or_create(
            key=role.key,
            defaults={
                "name": role.says,
                "reach": role.reach,
                "rights": list(role.rights),
            },
        )
