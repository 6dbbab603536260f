"""One question as it was shown to visitors, whatever has become of its field since."""

from dataclasses import asdict, dataclass, fields
from typing import Self

from forms_app.field_types import CONSENT, TICK_BOXES, WORDS_ONLY


@dataclass(frozen=True, kw_only=True)
class AskedField:
    """A field of a form in the words of one version; named as Wagtail's form builder names it.

    `question` is the same in a copy of the field, so that answers to both can be joined.
    """

    clean_name: str
    field_type: str = ""
    label: str = ""
    question: str = ""
    required: bool = False
    choices: str = ""
    default_value: str = ""
    help_text: str = ""
    why_we_ask: str = ""
    consent_text: str = ""
    content: str = ""
    purpose: str = ""
    max_length: int | None = None
    width: str = ""
    show_if: str = ""
    show_if_value: str = ""

    @classmethod
    def read(cls, stored: dict[str, object]) -> Self:
        """Read what a version holds; what a later release adds or drops is passed over."""
        known = {each.name for each in fields(cls)}
        values: dict[str, object] = {name: stored[name] for name in stored if name in known}
        return cls(**values)  # type: ignore[arg-type]

    def stored(self) -> dict[str, object]:
        """Return it as a version keeps it, without what is empty."""
        return {name: value for name, value in asdict(self).items() if value not in ("", None)}

    @property
    def is_question(self) -> bool:
        return self.field_type not in WORDS_ONLY

    @property
    def is_consent(self) -> bool:
        return self.field_type == CONSENT

    @property
    def words_agreed_to(self) -> str:
        """What somebody says yes to by ticking this box; other questions have none."""
        if self.field_type not in TICK_BOXES:
            return ""
        return self.consent_text or self.label

    def get_field_clean_name(self) -> str:
        """Answer Wagtail's form builder, which asks the field for its name."""
        return self.clean_name
