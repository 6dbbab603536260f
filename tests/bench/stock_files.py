"""What a stock Wagtail site gets beside its start template, after Wagtail's own documentation:

a body for the home page (its tutorial) and a page with a form that sends a mail (its form
builder). The settings give it the same database, and a mail backend that costs nothing.
"""

MODELS = """
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.contrib.forms.models import AbstractEmailForm, AbstractFormField
from wagtail.fields import RichTextField
from wagtail.models import Page


class HomePage(Page):
    body = RichTextField(blank=True)


class FormField(AbstractFormField):
    page = ParentalKey("FormPage", on_delete=models.CASCADE, related_name="form_fields")


class FormPage(AbstractEmailForm):
    intro = RichTextField(blank=True)
    thank_you_text = RichTextField(blank=True)
"""
SETTINGS = """
import json
import os

from .production import *

SECRET_KEY = "only-for-measuring"
ALLOWED_HOSTS = ["*"]
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
DATABASES = {"default": json.loads(os.environ["DATABASE"])}
"""
HOME_PAGE = """{% extends "base.html" %}
{% load wagtailcore_tags %}
{% block body_class %}template-homepage{% endblock %}
{% block content %}
    <h1>{{ page.title }}</h1>
    {{ page.body|richtext }}
{% endblock %}
"""
FORM_PAGE = """{% extends "base.html" %}
{% load wagtailcore_tags %}
{% block content %}
    <h1>{{ page.title }}</h1>
    {{ page.intro|richtext }}
    <form action="{% pageurl page %}" method="POST">
        {% csrf_token %}
        {{ form.as_p }}
        <input type="submit">
    </form>
{% endblock %}
"""
LANDING_PAGE = """{% extends "base.html" %}
{% load wagtailcore_tags %}
{% block content %}
    <h1>{{ page.title }}</h1>
    {{ page.thank_you_text|richtext }}
{% endblock %}
"""
FILL = """
from home.models import FormField, FormPage, HomePage

QUESTIONS = ["Work e-mail", "Role", "Name", "Organization", "State", "Tell me more"]
TYPES = ["email", "dropdown", "singleline", "singleline", "singleline", "checkbox"]

home = HomePage.objects.get()
home.add_child(instance=HomePage(title="A page", slug="a", body="<p>Words of a page.</p>" * 10))
form = FormPage(
    title="Get the guides",
    slug="get",
    intro="<p>Please say who you are.</p>",
    thank_you_text="<p>Thank you.</p>",
    to_address="staff@example.org",
    from_address="site@example.org",
    subject="A new answer",
)
home.add_child(instance=form)
for place, (label, field_type) in enumerate(zip(QUESTIONS, TYPES)):
    FormField.objects.create(
        page=form,
        label=label,
        field_type=field_type,
        required=place < 2,
        choices="Equity officer,Other leader" if field_type == "dropdown" else "",
        sort_order=place,
    )
FormPage.objects.get().save_revision().publish()
"""
FILES = {
    "home/models.py": MODELS,
    "stock/settings/bench.py": SETTINGS,
    "home/templates/home/home_page.html": HOME_PAGE,
    "home/templates/home/form_page.html": FORM_PAGE,
    "home/templates/home/form_page_landing.html": LANDING_PAGE,
}
