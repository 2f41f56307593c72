"""Which address belongs to which page about results?"""

from django.urls import path

from fourfold_web.act import views

app_name = "act"

urlpatterns = [
    path("results/", views.disruption_list, name="disruption-list"),
    path("results/waiting/", views.disruption_waiting, name="disruption-waiting"),
    path("results/<str:reference>/", views.disruption, name="disruption"),
    path(
        "results/<str:reference>/change/",
        views.disruption_change,
        name="disruption-change",
    ),
    path(
        "results/<str:reference>/grade/",
        views.disruption_grade,
        name="disruption-grade",
    ),
    path(
        "threats/<str:reference>/claim/",
        views.disruption_claim,
        name="disruption-claim",
    ),
    path(
        "threats/<str:reference>/results/", views.threat_results, name="threat-results"
    ),
    path(
        "threats/<str:reference>/timeline/",
        views.threat_timeline,
        name="threat-timeline",
    ),
]
