"""Which address belongs to which page about assessments?"""

from django.urls import path

from fourfold_web.assess import views

app_name = "assess"

urlpatterns = [
    path("", views.assessment_list, name="assessment-list"),
    path("due/", views.assessment_due, name="assessment-due"),
    path("<str:reference>/", views.threat_assessment, name="threat-assessment"),
    path("<str:reference>/assess/", views.threat_assess, name="threat-assess"),
    path(
        "<str:reference>/moderate/",
        views.assessment_moderate,
        name="assessment-moderate",
    ),
]
