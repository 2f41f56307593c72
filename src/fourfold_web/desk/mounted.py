"""Which commands do the stages give to the terminal?"""

import click

from fourfold.inspect.cli import report
from fourfold.picture.cli import area_groups
from fourfold.region.cli import region
from fourfold_web.desk.region_load import load_command
from fourfold_web.desk.with_database import after_ready
from fourfold_web.inspect.commands import inspect_command, report_import_command
from fourfold_web.intake.commands import import_command
from fourfold_web.intake.evidence.commands import add_command, evidence
from fourfold_web.measure.commands import measures_command, rows_command
from fourfold_web.resolve.commands import people_command, resolve

resolve.add_command(after_ready(people_command))
region.add_command(after_ready(load_command))
report.add_command(after_ready(report_import_command))
evidence.add_command(after_ready(add_command))

COMMANDS: dict[str, click.Command] = {
    str(command.name): command
    for command in (
        report,
        region,
        resolve,
        evidence,
        *area_groups(),
        after_ready(import_command),
        after_ready(measures_command),
        after_ready(rows_command),
        after_ready(inspect_command),
    )
}
