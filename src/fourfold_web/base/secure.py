"""Does the database itself keep the rules on who sees and writes what?

Run by the owner after migrations. For each of our tables it sets row-level security
that says the same as the pages, grants the site's role what it needs and no more,
and makes the views of the `reporting` schema, which obey the same security.
"""

from importlib import resources

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from fourfold.intake.kinds import KINDS, Field
from fourfold_web.base.models import (
    CompartmentHeld,
    MarkedRecord,
    Officer,
    Record,
    RoleHeld,
)

# Tables without row-level security, and why: reference data and names of officers
# hold nothing about a threat; the sign-in tables are read before anybody is known.
SITE_LABELS = [
    "base",
    "intake",
    "resolve",
    "picture",
    "assess",
    "plan",
    "task",
    "act",
    "measure",
    "inspect",
    "desk",
]
WRITE_ONCE = ("base_entry", "base_look")
OWNERS_ONLY = ("base_chainhead", "base_pendingwrite", "base_rolekind")


def secure(connection: BaseDatabaseWrapper, site_role: str) -> None:
    """Put the functions, policies, triggers, grants and views in place.

    Args:
        connection: the owner's connection; one transaction is used.
        site_role: name of the site's database role.
    """
    functions = resources.files("fourfold_web.base") / "sql" / "access.sql"
    with connection.cursor() as cursor:
        cursor.execute(functions.read_text(encoding="utf-8"))
        for statement in _statements(site_role):
            cursor.execute(statement)
        for model in apps.get_models():
            if issubclass(model, Record):
                for statement in record_policies(model):
                    cursor.execute(statement)
            elif getattr(model, "SEEN_LIKE_ITS_RECORD", False):
                for statement in passing_policies(model):
                    cursor.execute(statement)
        cursor.execute("CREATE SCHEMA IF NOT EXISTS reporting")
        for statement in reporting_views(site_role):
            cursor.execute(statement)


def record_models() -> list[type[Record]]:
    """Which records have row-level security? In the order of the stages."""
    return [m for m in apps.get_models() if issubclass(m, Record)]


def record_policies(model: type[Record]) -> list[str]:
    """Which statements protect the table of one record?

    A marked record is seen by its marking; an unmarked one is OFFICIAL. A record is
    never seen by somebody who may not see the record it hangs on.
    """
    table = model._meta.db_table
    own = _marking_rule() if issubclass(model, MarkedRecord) else _official_rule()
    told = [f"({model.SEEN_ONLY_IF})"] if model.SEEN_ONLY_IF else []
    seen = " AND ".join([own, *told, *_parents_seen(model)])
    writes = "body_id = ANY ((SELECT access.writable_bodies())::text[])"
    if issubclass(model, MarkedRecord):
        writes += f" AND {_compartments_rule()}"
    writes = " AND ".join([writes, *_parents_seen(model)])
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        *_policy(table, "seen", "SELECT", using=seen),
        *_policy(table, "made", "INSERT", check=writes),
        *_policy(
            table, "changed", "UPDATE", using=f"{seen} AND {writes}", check=writes
        ),
        *_noted(table),
    ]


def passing_policies(model: type[models.Model]) -> list[str]:
    """Which statements protect what passes by, such as how far a job is?

    It is marked as the record it is about, and seen as that is; it changes too often
    for a line of the log each time.
    """
    table, seen = model._meta.db_table, _marking_rule()
    writes = "body_id = ANY ((SELECT access.writable_bodies())::text[])"
    writes += f" AND {_compartments_rule()}"
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        *_policy(table, "seen", "SELECT", using=seen),
        *_policy(table, "made", "INSERT", check=writes),
        *_policy(
            table, "changed", "UPDATE", using=f"{seen} AND {writes}", check=writes
        ),
    ]


def _noted(table: str) -> list[str]:
    return [
        f"DROP TRIGGER IF EXISTS note_write ON {table}",
        f"CREATE TRIGGER note_write AFTER INSERT OR UPDATE OR DELETE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION access.note_write()",
    ]


def _compartments_rule() -> str:
    # Most records have no compartment. Said first, it is read off in no time, and the
    # planner knows how many there are; of the rest alone it would expect next to none.
    held = "compartments::text[] <@ (SELECT access.compartments())::text[]"
    return f"(compartments = '{{}}' OR {held})"


def _official_rule() -> str:
    return "body_id = ANY ((SELECT access.official_bodies())::text[])"


def _marking_rule(body: str = "body_id") -> str:
    return (
        f"{_compartments_rule()} AND ("
        f"(classification = 'official' AND {body} = ANY"
        " ((SELECT access.official_bodies())::text[]))"
        f" OR {body} = ANY ((SELECT access.sensitive_bodies())::text[])"
        " OR shared_with::text[] && (SELECT access.shared_bodies())::text[])"
    )


def _parents_seen(model: type[Record]) -> list[str]:
    rules = []
    for field in model._meta.get_fields():
        target = getattr(field, "related_model", None)
        if not isinstance(field, models.ForeignKey) or not isinstance(target, type):
            continue
        if issubclass(target, Record) and target is not model:
            # EXISTS lets the planner ask by key for a few rows, and hash for many; IN
            # would read the whole of the other table to show a single record.
            own, other = f"{model._meta.db_table}.{field.column}", target._meta.db_table
            seen = f"SELECT FROM {other} parent WHERE parent.id = {own}"
            rules.append(f"({own} IS NULL OR EXISTS ({seen}))")
    return rules


def _policy(
    table: str, name: str, verb: str, *, using: str = "", check: str = ""
) -> list[str]:
    words = f"CREATE POLICY {name} ON {table} FOR {verb}"
    words += f" USING ({using})" if using else ""
    words += f" WITH CHECK ({check})" if check else ""
    return [f"DROP POLICY IF EXISTS {name} ON {table}", words]


def _statements(site_role: str) -> list[sql.Composed | str]:
    site = sql.Identifier(site_role)
    grants = [
        "GRANT USAGE ON SCHEMA public, access TO {}",
        "GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO {}",
        "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}",
        "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA access TO {}",
    ]
    statements: list[sql.Composed | str] = [sql.SQL(g).format(site) for g in grants]
    for model in apps.get_models(include_auto_created=True):
        table = sql.Identifier(model._meta.db_table)
        if model._meta.app_label not in SITE_LABELS:
            statements.append(sql.SQL("GRANT DELETE ON {} TO {}").format(table, site))
    for name in WRITE_ONCE:
        table = sql.Identifier(name)
        statements.append(sql.SQL("REVOKE UPDATE ON {} FROM {}").format(table, site))
    for name in OWNERS_ONLY:
        table = sql.Identifier(name)
        revoke = sql.SQL("REVOKE INSERT, UPDATE ON {} FROM {}")
        statements.append(revoke.format(table, site))
    return statements + _log_policies() + _role_policies()


def _log_policies() -> list[sql.Composed | str]:
    audits = "body = ANY ((SELECT access.bodies_with(ARRAY['audit']))::text[])"
    reads = _marking_rule("body")
    mine = "officer_id = (SELECT access.officer())"
    statements: list[sql.Composed | str] = []
    for table in WRITE_ONCE:
        statements += [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"DROP POLICY IF EXISTS owner_reads ON {table}",
            f"CREATE POLICY owner_reads ON {table} FOR SELECT TO CURRENT_USER"
            " USING (true)",
        ]
    entry_audits = f"{audits} AND {_compartments_rule()}"
    statements += _policy(
        "base_entry", "seen", "SELECT", using=f"({entry_audits}) OR ({reads})"
    )
    own_line = "actor = (SELECT access.username())"
    statements += _policy("base_entry", "made", "INSERT", check=own_line)
    statements += _policy("base_look", "seen", "SELECT", using=f"{audits} OR {mine}")
    statements += _policy("base_look", "made", "INSERT", check=mine)
    return statements


def _role_policies() -> list[sql.Composed | str]:
    statements: list[sql.Composed | str] = []
    for model in (RoleHeld, CompartmentHeld):
        table = model._meta.db_table
        admin = "access.bodies_with(ARRAY['administer']) <> '{}'"
        statements += [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            *_policy(table, "seen", "SELECT", using="true"),
            *_policy(table, "made", "INSERT", check=admin),
            *_policy(table, "changed", "UPDATE", using=admin, check=admin),
            *_noted(table),
        ]
    return statements


def reporting_views(site_role: str) -> list[sql.Composed | str]:
    """Which statements make the view of each kind of row?

    A view has the columns of the kind's sheet, in its order, with `reference` first
    and the sending `body`; a field that names another row gives that row's reference.
    """
    statements: list[sql.Composed | str] = []
    by_kind = {m.KIND: m for m in record_models() if m.KIND}
    for name, kind in KINDS.items():
        model: type[models.Model] = Officer if name == "officers" else by_kind[name]
        view = f'reporting."{name.replace("-", "_")}"'
        columns, joins = ["r.reference", "r.body_id::text AS body"], []
        for number, field in enumerate(kind.fields.values()):
            column, join = _view_column(model, field, f"j{number}")
            columns.append(f'{column} AS "{field.name}"')
            joins += [join] if join else []
        table, named = model._meta.db_table, ", ".join(columns)
        rows = f"SELECT {named} FROM {table} r {' '.join(joins)}"  # noqa: S608 our own
        delivered = " WHERE r.source_key <> ''" if model is Officer else ""
        statements += [
            f"DROP VIEW IF EXISTS {view}",
            f"CREATE VIEW {view} WITH (security_invoker = true) AS {rows}{delivered}",
        ]
    site = sql.Identifier(site_role)
    grant = "GRANT USAGE ON SCHEMA reporting TO {0};"
    grant += " GRANT SELECT ON ALL TABLES IN SCHEMA reporting TO {0}"
    return [*statements, sql.SQL(grant).format(site)]


def _view_column(
    model: type[models.Model], field: Field, alias: str
) -> tuple[str, str]:
    if field.name == "ref":
        return "regexp_replace(r.source_key, '^.*[|]', '')", ""
    django = model._meta.get_field(field.name)
    column = f'r."{django.column}"'  # type: ignore[union-attr]
    if field.type == "ref":
        table = django.related_model._meta.db_table  # type: ignore[union-attr]
        join = f"LEFT JOIN {table} {alias} ON {alias}.id = {column}"
        return f"{alias}.reference::text", join
    if field.type in ("list", "bodies"):
        return f"{column}::text[]", ""
    if field.type in ("text", "code", "body"):
        return f"{column}::text", ""
    return column, ""
