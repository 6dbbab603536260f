from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """Staff. Ours from the first migration, so that it can grow without a rewrite."""
