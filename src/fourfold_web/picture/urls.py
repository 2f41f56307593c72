"""Which address belongs to which page about threats?"""

from django.urls import path

from fourfold_web.picture import views

app_name = "picture"

urlpatterns = [
    path("", views.threat_list, name="threat-list"),
    path("record/", views.threat_record, name="threat-record"),
    path("<str:reference>/", views.threat, name="threat"),
    path("<str:reference>/people/", views.threat_people, name="threat-people"),
    path("<str:reference>/history/", views.threat_history, name="threat-history"),
    path("<str:reference>/change/", views.threat_change, name="threat-change"),
    path("<str:reference>/share/", views.threat_share, name="threat-share"),
]
