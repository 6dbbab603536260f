"""The home page, the Collective's story and pages of text."""

from home.models.collective_page import CollectivePage
from home.models.home_page import HomePage
from home.models.standard_page import StandardPage

__all__ = ["CollectivePage", "HomePage", "StandardPage"]
