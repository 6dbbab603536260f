"""Rights to grants, downloads and codes, by the names under which Django keeps them."""

VIEW_GRANTS = "resources.view_grant"
CHANGE_GRANTS = "resources.change_grant"
VIEW_DOWNLOADS = "resources.view_download"
VIEW_CODES = "resources.view_cohortcode"
ADD_CODES = "resources.add_cohortcode"
CHANGE_CODES = "resources.change_cohortcode"
