"""Which address belongs to which page of no single stage?"""

from django.urls import path

from fourfold_web.desk import views

app_name = "desk"

urlpatterns = [
    path("", views.home, name="home"),
    path("search", views.search_all, name="search-all"),
    path("log/", views.log, name="log"),
    path("looks/", views.looks, name="looks"),
    path("threats/<str:reference>/plan/", views.threat_plan, name="threat-plan"),
    path("api/docs", views.api_docs, name="api-docs"),
]
