"""Which address belongs to which page about deliveries?"""

from django.urls import path

from fourfold_web.intake import views

app_name = "intake"

urlpatterns = [
    path("", views.delivery_list, name="delivery-list"),
    path("new/", views.delivery_new, name="delivery-new"),
    path("preview/<str:sha256>/", views.delivery_preview, name="delivery-preview"),
    path("rows/<str:reference>/", views.row_mend, name="row-mend"),
    path("<str:reference>/", views.delivery, name="delivery"),
    path("<str:reference>/faults.csv", views.delivery_faults, name="delivery-faults"),
]
