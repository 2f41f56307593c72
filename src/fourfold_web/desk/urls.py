"""Which address belongs to which stage?"""

from django.urls import URLPattern, URLResolver, include, path

from fourfold_web.desk.api import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("fourfold_web.desk.pages")),
    path("", include("fourfold_web.picture.urls")),
    path("", include("fourfold_web.act.urls")),
    path("people/", include("fourfold_web.resolve.urls")),
    path("assessments/", include("fourfold_web.assess.urls")),
    path("plans/", include("fourfold_web.plan.urls")),
    path("", include("fourfold_web.task.urls")),
    path("measures/", include("fourfold_web.measure.urls")),
    path("inspection/", include("fourfold_web.inspect.urls")),
    path("api/", api.urls),
    path("accounts/", include("fourfold_web.desk.sign_in_urls")),
    path("", include("fourfold_web.intake.urls")),
]
