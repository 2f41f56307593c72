"""Which address belongs to which page about plans?"""

from django.urls import path

from fourfold_web.plan import views

app_name = "plan"

urlpatterns = [
    path("", views.plan_list, name="plan-list"),
    path("priorities/", views.priority_list, name="priority-list"),
    path("requirements/", views.requirement_list, name="requirement-list"),
    path("against/<str:reference>/", views.plan_make, name="plan-make"),
    path("actions/<str:reference>/", views.action_finish, name="action-finish"),
    path("<str:reference>/", views.plan, name="plan"),
    path("<str:reference>/change/", views.plan_change, name="plan-change"),
    path("<str:reference>/review/", views.plan_review, name="plan-review"),
    path("<str:reference>/action/", views.action_add, name="action-add"),
]
