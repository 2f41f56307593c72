"""How does Django know the stage picture?"""

from django.apps import AppConfig


class PictureConfig(AppConfig):
    """The stage picture."""

    name = "fourfold_web.picture"
    label = "picture"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say which records the rows of this stage's kinds become."""
        from fourfold_web.intake.evidence.kinds_of_job import (  # noqa: PLC0415
            register_job,
        )
        from fourfold_web.intake.evidence.reading_job import (  # noqa: PLC0415
            FOLLOWING,
        )
        from fourfold_web.picture import deliveries  # noqa: PLC0415 models are ready now
        from fourfold_web.picture.review.services import lock_suggested  # noqa: PLC0415
        from fourfold_web.picture.runs.running_job import RunningJob  # noqa: PLC0415
        from fourfold_web.picture.runs.services import ANALYSIS  # noqa: PLC0415

        deliveries.register_kinds()
        FOLLOWING.append(lock_suggested)
        register_job(ANALYSIS, RunningJob())
