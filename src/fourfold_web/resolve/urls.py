"""Which address belongs to which page about who is who?"""

from django.urls import path

from fourfold_web.resolve import views

app_name = "resolve"

urlpatterns = [
    path("", views.pair_list, name="pair-list"),
    path("<str:reference>/", views.pair, name="pair"),
    path("<str:reference>/undo/", views.pair_undo, name="pair-undo"),
]
