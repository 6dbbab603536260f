from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from eoc_cms.core.http import comes_from_this_site
from resources.gate.access import forget


@csrf_exempt
@require_POST
def not_you(request: HttpRequest) -> HttpResponse:
    """Forget the access cookie and go back to where the button stood."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    response = HttpResponseRedirect(back, status=303)
    if comes_from_this_site(request):
        forget(response)
    return response
