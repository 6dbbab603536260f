from resources.models.downloads import Download
from resources.models.grants import Grant
from resources.models.index_page import ResourceIndexPage
from resources.models.resource_page import ResourceFile, ResourcePage
from resources.models.snippets import Audience, Topic
from resources.models.video_page import VideoPage

__all__ = [
    "Audience",
    "Download",
    "Grant",
    "ResourceFile",
    "ResourceIndexPage",
    "ResourcePage",
    "Topic",
    "VideoPage",
]
