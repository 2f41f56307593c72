"""Which address belongs to which page about threats, and questions of evidence?"""

from django.urls import path

from fourfold_web.picture import (
    picture_views,
    review_views,
    run_views,
    search_views,
    views,
)

app_name = "picture"
RUN = "analyses/runs/<str:reference>/"
PICTURE = "evidence/<str:reference>/pictures/<str:sha256>/"

urlpatterns = [
    path("threats/", views.threat_list, name="threat-list"),
    path("threats/record/", views.threat_record, name="threat-record"),
    path("threats/<str:reference>/", views.threat, name="threat"),
    path("threats/<str:reference>/people/", views.threat_people, name="threat-people"),
    path(
        "threats/<str:reference>/history/", views.threat_history, name="threat-history"
    ),
    path("threats/<str:reference>/change/", views.threat_change, name="threat-change"),
    path("threats/<str:reference>/share/", views.threat_share, name="threat-share"),
    path("analyses/", run_views.analysis_list, name="analysis-list"),
    path(RUN, run_views.run, name="run"),
    path(f"{RUN}places.json", run_views.run_places, name="run-places"),
    path(f"{RUN}timeline.json", run_views.run_timeline, name="run-timeline"),
    path(f"{RUN}report.<str:ending>", run_views.run_report, name="run-report"),
    path(f"{RUN}keep/", run_views.run_keep, name="run-keep"),
    path(f"{RUN}steer/<str:way>/", run_views.run_steer, name="run-steer"),
    path(f"{RUN}tables/<str:name>/", run_views.run_table, name="run-table"),
    path("analyses/<str:key>/new/", run_views.analysis_new, name="analysis-new"),
    path(
        "evidence/<str:reference>/runs/",
        run_views.evidence_runs,
        name="evidence-runs",
    ),
    path(PICTURE, picture_views.picture, name="picture"),
    path(f"{PICTURE}blurred.jpg", picture_views.blurred, name="blurred"),
    path(f"{PICTURE}clear.jpg", picture_views.clear, name="clear"),
    path("messages/review/", review_views.review_list, name="review-list"),
    path("messages/review/<str:reference>/", review_views.review, name="review"),
    path(
        "messages/review/<str:reference>/log/",
        review_views.review_log,
        name="review-log",
    ),
    path("messages/set-aside/", review_views.set_aside_list, name="set-aside-list"),
    path(
        "messages/set-aside/<str:reference>/", review_views.set_aside, name="set-aside"
    ),
    path(
        "vehicles/bulk-search/",
        search_views.bulk_search_list,
        name="bulk-search-list",
    ),
    path(
        "vehicles/bulk-search/ask/",
        search_views.bulk_search_ask,
        name="bulk-search-ask",
    ),
    path(
        "vehicles/bulk-search/<str:reference>/",
        search_views.bulk_search,
        name="bulk-search",
    ),
]
