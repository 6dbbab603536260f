"""The places a visitor can choose from.

What is stored is the English name, as it was shown to staff and will be in every
list and export, whatever language the visitor reads.
"""

from functools import cache

from django.utils import translation
from django_countries import countries

# USPS Publication 28.
_STATES = """
Alabama; Alaska; American Samoa; Arizona; Arkansas; California; Colorado; Connecticut; Delaware;
District of Columbia; Florida; Georgia; Guam; Hawaii; Idaho; Illinois; Indiana; Iowa; Kansas;
Kentucky; Louisiana; Maine; Maryland; Massachusetts; Michigan; Minnesota; Mississippi; Missouri;
Montana; Nebraska; Nevada; New Hampshire; New Jersey; New Mexico; New York; North Carolina;
North Dakota; Northern Mariana Islands; Ohio; Oklahoma; Oregon; Pennsylvania; Puerto Rico;
Rhode Island; South Carolina; South Dakota; Tennessee; Texas; U.S. Virgin Islands; Utah; Vermont;
Virginia; Washington; West Virginia; Wisconsin; Wyoming
"""

US_STATES = [(name, name) for name in " ".join(_STATES.split()).split("; ")]
FIRST_COUNTRY = "US"


def country_choices() -> list[tuple[str, str]]:
    """Return (English name, name in the reader's language) of every country, the U.S. first."""
    names = names_in(translation.get_language() or "en")
    english = names_in("en")
    return [(english[code], name) for code, name in names.items()]


@cache
def names_in(language: str) -> dict[str, str]:
    """Return the countries' names (ISO 3166) by code, as a language sorts them."""
    with translation.override(language):
        names = {country.code: country.name for country in countries}
    return {FIRST_COUNTRY: names.pop(FIRST_COUNTRY), **names}
