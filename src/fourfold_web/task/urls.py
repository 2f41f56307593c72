"""Which address belongs to which page about tasking and what waits?"""

from django.urls import path

from fourfold_web.task import queue_views, views

app_name = "task"

urlpatterns = [
    path("tasking/", views.meeting_list, name="meeting-list"),
    path("tasking/meetings/plan/", views.meeting_plan, name="meeting-plan"),
    path("tasking/meetings/<str:reference>/", views.meeting, name="meeting"),
    path(
        "tasking/meetings/<str:reference>/held/",
        views.meeting_held,
        name="meeting-held",
    ),
    path(
        "tasking/meetings/<str:reference>/cancelled/",
        views.meeting_cancelled,
        name="meeting-cancelled",
    ),
    path("tasking/bids/", views.bid_list, name="bid-list"),
    path("tasking/bids/<str:reference>/", views.bid, name="bid"),
    path("tasking/posts/", views.post_list, name="post-list"),
    path("tasking/agreements/", views.agreement_list, name="agreement-list"),
    path("tasking/funding/", views.funding_list, name="funding-list"),
    path("tasking/kit/", views.kit_list, name="kit-list"),
    path("intelligence/", queue_views.intelligence_list, name="intelligence-list"),
    path("intelligence/sars/", queue_views.sar_list, name="sar-list"),
    path("intelligence/devices/", queue_views.device_list, name="device-list"),
    path(
        "intelligence/applications/",
        queue_views.application_list,
        name="application-list",
    ),
]
