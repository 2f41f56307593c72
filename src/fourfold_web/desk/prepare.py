"""Is the database ready: migrated, secured, with its reference data?"""

from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor

from fourfold_web.base import demo
from fourfold_web.base.reference_data import load_reference_data
from fourfold_web.base.secure import secure


def needs_preparing() -> bool:
    """Does the database lack a migration, or everything?"""
    executor = MigrationExecutor(connections["owner"])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def prepare_database() -> None:
    """Bring the database to this version: tables, rules, reference data, services.

    Run as the owner; running it again changes nothing. In demonstration mode the
    demonstration officers are made too.
    """
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    owner = connections["owner"]
    with transaction.atomic(using="owner"):
        load_reference_data()
        secure(owner, str(settings.DATABASES["default"]["USER"]))
        demo.make_services()
        if settings.FOURFOLD_DEMONSTRATION:
            demo.make_officers()
    owner.close()
