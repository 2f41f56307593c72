"""Which pages show figures?"""

from django.urls import path

from fourfold_web.measure import views

app_name = "measure"

urlpatterns = [
    path("", views.measure_list, name="measure-list"),
    path("records/<str:reference>/", views.record, name="record"),
    path("vehicle-outcomes/", views.vehicle_outcomes, name="vehicle-outcomes"),
    path("<slug:key>/", views.measure, name="measure"),
    path("<slug:key>/rows/", views.measure_rows, name="measure-rows"),
]
