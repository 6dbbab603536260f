"""“Is it really locked?”: walks every road to a resource's files as a stranger.

The roads are those of docs/how-the-gate-works.md, tried over HTTP against the
running site, since a proxy or a setting can open what the code keeps shut.
"""

from resources.lock_check.findings import Finding
from resources.lock_check.stranger import SiteStranger, SiteUnreachableError, Stranger
from resources.lock_check.walk import Report, check_resource

__all__ = [
    "Finding",
    "Report",
    "SiteStranger",
    "SiteUnreachableError",
    "Stranger",
    "check_resource",
]
