"""Languages by their names, as staff and visitors read them."""

from django.utils.translation import get_language_info


def language_in_words(code: str) -> str:
    """Return a language's name in words, or the code of one that has no name here."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
