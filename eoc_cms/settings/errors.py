from django.core.exceptions import ImproperlyConfigured


class SettingError(ImproperlyConfigured):
    """A variable cannot be used; the message is one plain sentence that names it."""
