"""A download is named after its resource, in whatever script the title is written."""

import pytest
from django.test import Client
from django.utils.http import parse_header_parameters

from resources.models import ResourceFile, ResourceIndexPage
from tests.factories.pages import make_resource, publish

NAMES = {
    "Listening well": "Listening well.pdf",
    "Ñandú, “señas” & más": "Ñandú, “señas” & más.pdf",
    "公平领导者手册": "公平领导者手册.pdf",
    "دليل الإنصاف": "دليل الإنصاف.pdf",
    "Rings 🟣🟡": "Rings 🟣🟡.pdf",
    'Who decides? "We" / they: a <guide>': "Who decides We they a guide.pdf",
    "..\\..\\boot": ".. .. boot.pdf",
    "Two\r\nSet-Cookie: lines": "Two Set-Cookie lines.pdf",
    "100 % ; filename=evil.exe": "100 % ; filename=evil.exe.pdf",
    "Long " * 40: f"{'Long ' * 23}Long.pdf",
}


@pytest.mark.parametrize("title", NAMES)
def test_download_has_the_name_of_its_resource(index: ResourceIndexPage, title: str) -> None:
    page = make_resource(index, "Placeholder")
    page.title = title
    publish(page)
    response = Client().get(f"/download/{ResourceFile.objects.get().key}/")
    disposition = response["Content-Disposition"]
    kind, parameters = parse_header_parameters(disposition)
    assert (kind, parameters["filename"]) == ("attachment", NAMES[title])
    assert disposition.isascii()


def test_files_of_one_resource_are_told_apart_by_their_labels(index: ResourceIndexPage) -> None:
    page = make_resource(index, "Listening well", files=["a.pdf", "b.docx"])
    page.files.filter(document__file__contains="b").update(label="Word version")
    names = {
        parse_header_parameters(Client().get(f"/download/{entry.key}/")["Content-Disposition"])[1][
            "filename"
        ]
        for entry in ResourceFile.objects.all()
    }
    assert names == {"Listening well.pdf", "Listening well (Word version).docx"}
