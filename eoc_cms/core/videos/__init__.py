"""Videos, wherever they are kept, shown without a request to anybody before a click."""

from eoc_cms.core.videos.addresses import (
    PLAYER_ORIGINS,
    UnknownVideoAddressError,
    VideoAddress,
    parse_video_address,
    parse_video_url,
)
from eoc_cms.core.videos.finder import KnownVideoFinder
from eoc_cms.core.videos.length import length_label, parse_length
from eoc_cms.core.videos.presentation import Video, build_video
from eoc_cms.core.videos.rules import CaptionsState, video_problems
from eoc_cms.core.videos.structured_data import video_structured_data

__all__ = [
    "PLAYER_ORIGINS",
    "CaptionsState",
    "KnownVideoFinder",
    "UnknownVideoAddressError",
    "Video",
    "VideoAddress",
    "build_video",
    "length_label",
    "parse_length",
    "parse_video_address",
    "parse_video_url",
    "video_problems",
    "video_structured_data",
]
