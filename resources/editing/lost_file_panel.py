"""Tells an editor that the file of a draft was deleted in the meantime."""

from wagtail.admin.panels import Panel


class LostFilePanel(Panel):
    class BoundPanel(Panel.BoundPanel):
        template_name = "resources/admin/lost_file_panel.html"

        def is_shown(self) -> bool:
            return self.instance.has_lost_its_file
