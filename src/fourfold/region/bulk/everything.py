"""What is an officer given of the invented operation, of all kinds of evidence?"""

from pathlib import Path

from fourfold.region.bulk.handsets import write_handsets
from fourfold.region.bulk.operation import write_operation, write_people
from fourfold.region.bulk.operation_vehicles import crew_plates, write_vehicles
from fourfold.region.bulk.payments import crew_accounts, write_statement
from fourfold.region.bulk.survey import write_drive_log

SURVEY_MOMENTS = 400


def write_everything(out: Path) -> dict[str, str]:
    """Write calls, a handset, pictures, reads, a statement, a survey and who is who.

    Args:
        out: a folder; made if need be.

    Returns:
        Each old number of the crew and the one that replaced it, in E.164.
    """
    for name in ("money", "joined", "survey"):
        (out / name).mkdir(parents=True, exist_ok=True)
    truth = write_operation(out / "calls")
    write_handsets(out / "handset")
    write_vehicles(out / "vehicles")
    write_statement(out / "money" / "statement.csv")
    write_drive_log(out / "survey" / "drive.csv", SURVEY_MOMENTS)
    plates, accounts = crew_plates().items(), crew_accounts().items()
    known = [(name, "plate", plate, "Keeper as recorded") for name, plate in plates]
    known += [
        (name, "account", held, "Named on the mandate") for name, held in accounts
    ]
    write_people(out / "joined" / "who-is-who.csv", known)
    return truth
