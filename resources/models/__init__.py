"""What is stored of resources, videos, grants, codes and downloads."""

from resources.models.cohort_code import CohortCode
from resources.models.downloads import Download
from resources.models.former_address import FormerFileAddress
from resources.models.grants import Grant
from resources.models.index_page import ResourceIndexPage
from resources.models.lock_check import LockCheck
from resources.models.related import ResourceRelation, VideoRelation
from resources.models.resource_file import ResourceFile
from resources.models.resource_page import ResourcePage
from resources.models.snippets import Audience, Topic
from resources.models.video_page import VideoPage

__all__ = [
    "Audience",
    "CohortCode",
    "Download",
    "FormerFileAddress",
    "Grant",
    "LockCheck",
    "ResourceFile",
    "ResourceIndexPage",
    "ResourcePage",
    "ResourceRelation",
    "Topic",
    "VideoPage",
    "VideoRelation",
]
