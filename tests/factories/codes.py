"""Make codes for members, and use them as a visitor would."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from resources.models import CohortCode, ResourcePage

FORM = "/code/"
OPENS_NOTHING = "This code opens nothing."


def make_code(*resources: ResourcePage, days: float = 30, **fields: Any) -> CohortCode:
    code = CohortCode.objects.create(
        name="Atlanta", expires_at=timezone.now() + timedelta(days=days), **fields
    )
    code.resources.set(resources)
    return code


def enter(client: Client, typed: str, **headers: str) -> Any:
    return client.post(FORM, {"code": typed}, headers=headers)


def file_of(resource: ResourcePage) -> str:
    return f"/download/{resource.files.get().key}/"


def gets_file(client: Client, resource: ResourcePage) -> bool:
    return client.get(file_of(resource)).status_code == 200
