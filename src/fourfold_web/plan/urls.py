"""Which address belongs to which page about plans?"""

from django.urls import path

from fourfold_web.plan import views

app_name = "plan"

urlpatterns = [
    path("", views.plan_list, name="plan-list"),
    path("priorities/", views.priority_list, name="priority-list"),
    path("requirements/", views.requirement_list, name="requirement-list"),
    path("<str:reference>/", views.plan, name="plan"),
]
