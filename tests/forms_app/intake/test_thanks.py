from django.test import Client

from home.models import HomePage, StandardPage
from tests.factories.fixtures import MakeForm
from tests.factories.pages import publish


def test_thank_you_is_built_from_blocks(make_form: MakeForm) -> None:
    form = make_form(thanks_body='[{"type": "text", "value": "<p>See you in spring.</p>"}]')
    page = Client().post(form.url, {"email": "ana@example.org"}, follow=True).content.decode()
    assert "See you in spring." in page
    assert "EOC-" in page


def test_chosen_page_stands_in_for_the_thank_you_while_it_is_published(
    make_form: MakeForm, home: HomePage
) -> None:
    page = publish(home.add_child(instance=StandardPage(title="What happens next")))
    form = make_form(thanks_page=page)
    answer = Client().post(form.url, {"email": "ana@example.org"}, follow=True)
    assert answer.redirect_chain[-1] == (page.url, 303)
    page.unpublish()
    answer = Client().post(form.url, {"email": "ben@example.org"}, follow=True)
    assert "EOC-" in answer.content.decode()
