"""The link in the visitor's mail. Opening it changes nothing; its button does."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from eoc_cms.core.http import comes_from_this_site, with_secret_address
from resources.catalogue.cards import resource_list_address
from resources.gate.access import PASS_PARAMETER, make_pass, remember
from resources.gate.grants import (
    AccessLinkError,
    ResourceGoneError,
    confirm,
    read_access_link,
)


# The signed token is the authority here; the request carries no other.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def access_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show one button (GET), or turn the link into the cookie (POST).

    A mail scanner opens every link, so GET spends nothing and the link works
    until its grant ends.
    """
    try:
        grant, resource = read_access_link(token)
    except ResourceGoneError as error:
        return _refuse(request, "resources/access_link_gone.html", title=error.title)
    except AccessLinkError as error:
        asks = error.resource is None or (error.resource.is_gated and error.resource.gate_form)
        return _refuse(request, "resources/access_link_refused.html", asks=asks)
    if request.method == "POST" and comes_from_this_site(request):
        response = HttpResponseRedirect(
            f"{resource.get_url(request)}?{PASS_PARAMETER}={make_pass(grant)}", status=303
        )
        confirm(grant)
        remember(request, response, [grant])
        return with_secret_address(response)
    return with_secret_address(
        render(request, "resources/access_link.html", {"resource": resource})
    )


def _refuse(request: HttpRequest, template: str, **context: object) -> HttpResponse:
    shown = {**context, "list_url": resource_list_address(request)}
    return with_secret_address(render(request, template, shown, status=410))
