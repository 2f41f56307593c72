"""Which pages show reports, findings and answers?"""

from django.urls import path

from fourfold_web.inspect import report_views, views

app_name = "inspect"

urlpatterns = [
    path("", views.inspection, name="inspection"),
    path("rules/<str:key>/", views.rule, name="rule"),
    path("rules/<str:key>/rows/", views.rule_rows, name="rule-rows"),
    path("findings/<str:reference>/", views.finding, name="finding"),
    path("findings/<str:reference>/promise/", views.promise_make, name="promise-make"),
    path("promises/<str:reference>/keep/", views.promise_keep, name="promise-keep"),
    path("reports/", report_views.report_list, name="report-list"),
    path("reports/new/", report_views.report_new, name="report-new"),
    path(
        "reports/new/<str:sha256>/", report_views.report_preview, name="report-preview"
    ),
    path("reports/<str:reference>/", report_views.report, name="report"),
    path("reports/<str:reference>/text/", report_views.report_text, name="report-text"),
]
