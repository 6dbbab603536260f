from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.http import HttpRequest


class User(AbstractUser):
    """Staff. Ours from the first migration, so that it can grow without a rewrite."""


# Whose rights are asked for; without an account, nobody has any.
Staff = User | AnonymousUser


class StaffRequest(HttpRequest):
    """A request to the admin, which lets nobody in without an account."""

    user: User
