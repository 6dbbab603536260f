"""What every app stands on: pages, users, images, documents, media, mail, site settings."""

from eoc_cms.core.models.asked_today import AskedToday
from eoc_cms.core.models.documents import CustomDocument
from eoc_cms.core.models.images import CustomImage, CustomRendition
from eoc_cms.core.models.left_out import LeftOutPart
from eoc_cms.core.models.mail import OutgoingMail
from eoc_cms.core.models.media import CustomMedia
from eoc_cms.core.models.pages import BasePage
from eoc_cms.core.models.site_settings import MenuItem, SiteSettings, SocialLink
from eoc_cms.core.models.users import Staff, StaffRequest, User
from eoc_cms.core.models.worker import JobRun

__all__ = [
    "AskedToday",
    "BasePage",
    "CustomDocument",
    "CustomImage",
    "CustomMedia",
    "CustomRendition",
    "JobRun",
    "LeftOutPart",
    "MenuItem",
    "OutgoingMail",
    "SiteSettings",
    "SocialLink",
    "Staff",
    "StaffRequest",
    "User",
]
