"""How does somebody come in and go out?

Of allauth's pages only these: nobody signs up, and a lost password is an
administrator's matter, so no stranger can ask whether a name is known.
"""

from allauth.account import views
from django.urls import include, path

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("signup/", views.signup, name="account_signup"),
    path("", include("allauth.mfa.urls")),
]
