"""One grant in the admin, and the pages that ask before something is done with it."""

from abc import ABC, abstractmethod

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail_modeladmin.views import InspectView, InstanceSpecificView

from eoc_cms.core.models import Staff
from resources.gate.grant_actions import (
    SEND_AGAIN_AFTER,
    NothingToSendError,
    SentJustNowError,
    grants_of_person,
    grants_of_resource,
    revoke_grants,
    send_link,
)
from resources.grants_admin.listings import state_of
from resources.models import Grant
from resources.querysets import GrantQuerySet


class InspectGrantView(InspectView):
    page_title = gettext_lazy("Grant")

    def get_page_subtitle(self) -> str:
        return ""

    def get_meta_title(self) -> str:
        return f"{self.page_title} {self.instance}"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(
            **kwargs,
            state=state_of(self.instance),
            is_over=not Grant.objects.not_over().filter(pk=self.instance.pk).exists(),
            may_change=self.permission_helper.user_can_act(self.request.user),
            of_person=grants_of_person(self.instance).count(),
            of_resource=grants_of_resource(self.instance).count(),
            downloads=self.instance.downloads.all()[:20],
        )


class GrantActionView(InstanceSpecificView, ABC):
    """Ask (GET), then act (POST). Only for those who may change grants."""

    instance: Grant
    question = ""
    yes = gettext_lazy("Yes, revoke")
    no = gettext_lazy("No, keep it")
    takes_away = True

    def check_action_permitted(self, user: Staff) -> bool:
        return self.permission_helper.user_can_act(user)

    def get_meta_title(self) -> str:
        return str(self.page_title)

    def get_question(self) -> str:
        """Override point: what is about to happen, in a sentence or two."""
        return str(self.question)

    @abstractmethod
    def act(self) -> None:
        """Do it, and tell what was done."""

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        self.act()
        return redirect(self.url_helper.get_action_url("inspect", self.pk_quoted))

    def get_template_names(self) -> list[str]:
        return ["resources/admin/confirm_grant_action.html"]


class RevokeGrantsView(GrantActionView):
    page_title = gettext_lazy("Revoke access")

    def grants(self) -> GrantQuerySet:
        """Override point: whose grants end."""
        return Grant.objects.filter(pk=self.instance.pk)

    def get_page_subtitle(self) -> str:
        # The question names who and what.
        return ""

    def get_question(self) -> str:
        if self.instance.cohort_code_id:
            return _(
                "What “%(title)s” opened closes on this device at once. Whoever has the code "
                "can use it again; to end that, revoke the code itself."
            ) % {"title": self.instance}
        return _(
            "The files of “%(title)s” close for %(who)s at once, on every device. "
            "They can fill in the form again and get in anew."
        ) % {"title": self.instance, "who": self.instance.person or _("this visitor")}

    def act(self) -> None:
        count = revoke_grants(self.grants())
        if not count:
            words = _("There was nothing left to revoke: it was over before. Nothing was changed.")
            messages.info(self.request, words)
            return
        messages.success(
            self.request,
            ngettext("%(count)d grant is revoked.", "%(count)d grants are revoked.", count)
            % {"count": count},
        )


class RevokePersonView(RevokeGrantsView):
    page_title = gettext_lazy("Revoke all access of this person")

    def grants(self) -> GrantQuerySet:
        return grants_of_person(self.instance)

    def get_question(self) -> str:
        count = self.grants().count()
        return ngettext(
            "%(count)d grant of %(who)s ends at once.",
            "%(count)d grants of %(who)s end at once, whatever they were asked for.",
            count,
        ) % {"count": count, "who": self.instance.person or _("nobody")}


class RevokeResourceView(RevokeGrantsView):
    page_title = gettext_lazy("Revoke everybody's access")

    def grants(self) -> GrantQuerySet:
        return grants_of_resource(self.instance)

    def get_question(self) -> str:
        count = self.grants().count()
        return ngettext(
            "%(count)d grant that was asked for on “%(title)s” ends at once.",
            "%(count)d grants that were asked for on “%(title)s” end at once, "
            "whoever holds them. New visitors can still ask.",
            count,
        ) % {"count": count, "title": self.instance.resource_title}


class SendLinkView(GrantActionView):
    page_title = gettext_lazy("Send the link again")
    yes = gettext_lazy("Yes, send it")
    no = gettext_lazy("No, do not send it")
    takes_away = False

    def get_question(self) -> str:
        return _("A mail with the link that opens the files goes to %(who)s.") % {
            "who": self.instance.person or _("nobody")
        }

    def act(self) -> None:
        try:
            send_link(self.instance)
        except SentJustNowError:
            words = _(
                "The link was sent a moment ago, so it was not sent again. If it does not "
                "arrive, you can send another after %(minutes)d minutes."
            )
            messages.info(self.request, words % {"minutes": SEND_AGAIN_AFTER.seconds // 60})
            return
        except NothingToSendError:
            messages.error(
                self.request,
                _(
                    "Nothing was sent: the grant is over, has no address, or what was "
                    "asked for is not published or behind another form now."
                ),
            )
            return
        messages.success(self.request, _("The link is on its way."))
