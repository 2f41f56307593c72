"""How does Django know the stage intake?"""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """The stage intake."""

    name = "fourfold_web.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say which records the rows of this stage's kinds become."""
        from fourfold_web.intake import deliveries  # noqa: PLC0415 models are ready now
        from fourfold_web.intake.evidence.kinds_of_job import (  # noqa: PLC0415
            register_job,
        )
        from fourfold_web.intake.evidence.reading_job import (  # noqa: PLC0415
            ReadingJob,
        )
        from fourfold_web.intake.evidence.services import READING  # noqa: PLC0415

        deliveries.register_kinds()
        register_job(READING, ReadingJob())
