"""What can be asked of the library alone, without a site and without a database?"""

import click

from fourfold.inspect.cli import report
from fourfold.picture.cli import area_groups
from fourfold.region.cli import region


@click.group()
@click.version_option(package_name="fourfold")
def main() -> None:
    """Words, rules and sums on files: nothing else is touched."""


main.add_command(report)
main.add_command(region)
for group in area_groups():
    main.add_command(group)
