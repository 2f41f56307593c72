"""Which address belongs to which page about deliveries and evidence?"""

from django.urls import path

from fourfold_web.intake import evidence_views, views

app_name = "intake"

urlpatterns = [
    path("deliveries/", views.delivery_list, name="delivery-list"),
    path("deliveries/new/", views.delivery_new, name="delivery-new"),
    path(
        "deliveries/preview/<str:sha256>/",
        views.delivery_preview,
        name="delivery-preview",
    ),
    path("deliveries/rows/<str:reference>/", views.row_mend, name="row-mend"),
    path("deliveries/<str:reference>/", views.delivery, name="delivery"),
    path(
        "deliveries/<str:reference>/faults.csv",
        views.delivery_faults,
        name="delivery-faults",
    ),
    path("evidence/", evidence_views.evidence_list, name="evidence-list"),
    path("evidence/new/", evidence_views.evidence_new, name="evidence-new"),
    path("evidence/authorities/", evidence_views.authority_list, name="authority-list"),
    path(
        "evidence/authorities/record/",
        evidence_views.authority_record,
        name="authority-record",
    ),
    path(
        "evidence/authorities/<str:reference>/",
        evidence_views.authority,
        name="authority",
    ),
    path(
        "evidence/<str:reference>/",
        evidence_views.evidence_file,
        name="evidence-file",
    ),
    path(
        "evidence/<str:reference>/faults.<str:ending>",
        evidence_views.evidence_faults,
        name="evidence-faults",
    ),
    path(
        "evidence/<str:reference>/confirm/",
        evidence_views.evidence_confirm,
        name="evidence-confirm",
    ),
    path(
        "evidence/<str:reference>/authority/",
        evidence_views.evidence_authorise,
        name="evidence-authorise",
    ),
]
