"""What is a fault of a row, and how is it found in SQL?"""

from dataclasses import dataclass

from fourfold.intake.bulk.sql_text import quoted


@dataclass(frozen=True)
class Check:
    """One fault that a row may have.

    `when` is SQL that is true where the row has it; null counts as not. `raw` is the
    SQL of the value as delivered.
    """

    field: str
    raw: str
    when: str
    fault: str
    mend: str


def any_fault(checks: tuple[Check, ...]) -> str:
    """SQL that is true where a row has any of the faults."""
    tests = [f"coalesce({check.when}, false)" for check in checks]
    return f"({' OR '.join(tests)})" if tests else "false"


def faults_list(checks: tuple[Check, ...]) -> str:
    """SQL for the list of a row's faults, each a struct: field, value, fault, mend."""
    made = [
        f"CASE WHEN {check.when} THEN {{'field': {quoted(check.field)},"
        f" 'value': left(coalesce({check.raw}, ''), 200),"
        f" 'fault': {quoted(check.fault)}, 'mend': {quoted(check.mend)}}} END"
        for check in checks
    ]
    return f"list_filter([{', '.join(made)}], lambda x: x IS NOT NULL)"
