"""What Word puts on the clipboard, as HTML, and a way to paste it."""

from playwright.sync_api import Locator

HEADING = "<h1><span style='mso-ansi-language:EN-US'>Before\nyou begin<o:p></o:p></span></h1>"
SMALL_HEADING = "<p class=MsoHeading7 style='mso-outline-level:7'>A small heading</p>"
PARAGRAPH = (
    "<p class=MsoNormal>Hear the <b style='mso-bidi-font-weight:normal'>room</b> and read\n"
    '<a href="https://example.org/room">the room</a>.<o:p></o:p></p>'
)
PICTURE = (
    '<p class=MsoNormal><!--[if gte vml 1]><v:shape id="Picture_x0020_1" type="#_x0000_t75">'
    '<v:imagedata src="file:///C:/Temp/clip_image001.png"/></v:shape><![endif]-->'
    '<![if !vml]><img width=120 height=80 src="file:///C:/Temp/clip_image002.png" '
    'v:shapes="Picture_x0020_1"><![endif]><o:p></o:p></p>'
)
TABLE = """<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0>
 <tr style='mso-yfti-irow:0'><td width=311><p class=MsoNormal><b>Session</b><o:p></o:p></p></td>
  <td width=312><p class=MsoNormal><b>For</b></p></td></tr>
 <tr style='mso-yfti-irow:1'><td width=311><p class=MsoNormal>Workshop</p></td>
  <td width=312><p class=MsoNormal>New officers</p></td></tr>
</table>"""
COMMENT = (
    "<p class=MsoNormal><a style='mso-comment-reference:AB_1'>Agreed</a><span "
    "class=MsoCommentReference><span style='mso-special-character:comment'>"
    '<a class=msocomanchor href="#_msocom_1">[AB1]</a></span></span> terms'
    '<del cite="mailto:Ana">, not for others</del>.</p>'
)
COMMENT_LIST = (
    "<div style='mso-element:comment-list'><div style='mso-element:comment'><div "
    'id="_com_1" class=msocomtxt><p class=MsoCommentText>Is this true?</p></div></div></div>'
)
NOTE = (
    "<p class=MsoNormal>As was found<a style='mso-footnote-id:ftn1' href=\"#_ftn1\" "
    'name="_ftnref1"><span class=MsoFootnoteReference>[1]</span></a>.</p>'
)
NOTE_LIST = (
    "<div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1>"
    '<p class=MsoFootnoteText><a style=\'mso-footnote-id:ftn1\' href="#_ftnref1" name="_ftn1">'
    "<span class=MsoFootnoteReference>[1]</span></a> By the members.</p></div></div>"
)
TEXT_BOX = (
    '<p class=MsoNormal><!--[if gte vml 1]><v:shape id="Text_x0020_Box_x0020_2"><v:textbox>'
    "<![if !mso]><table><tr><td><![endif]><div><p class=MsoNormal>In a box</p></div><![if !mso]>"
    "</td></tr></table><![endif]></v:textbox></v:shape><![endif]--></p>"
)


def item(text: str, mark: str, *, level: int = 1, of: int = 0) -> str:
    """Return a paragraph that Word shows as an item of a list."""
    return (
        f"<p class=MsoListParagraphCxSpMiddle style='text-indent:-.25in;mso-list:l{of} "
        f"level{level} lfo{of + 1}'><![if !supportLists]><span style='font-family:Symbol'><span "
        f"style='mso-list:Ignore'>{mark}<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;"
        f"&nbsp; </span></span></span><![endif]>{text}<o:p></o:p></p>"
    )


BULLETS = item("Listen", "·") + item("In the room", "o", level=2) + item("Answer", "·")
NUMBERS = item("Ask first", "1.", of=1) + item("Then tell", "2.", of=1)


def page_of(*parts: str) -> str:
    """Return the whole that Word writes round a selection."""
    return (
        '<html xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:w="urn:schemas-microsoft-com:office:word">\n<head><meta name=Generator '
        'content="Microsoft Word 15"><style><!-- p.MsoNormal {margin:0in;} --></style>'
        "<!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]--></head>\n"
        f"<body lang=EN-US><!--StartFragment-->{''.join(parts)}<!--EndFragment--></body></html>"
    )


def paste(field: Locator, html: str) -> None:
    """Put HTML on the clipboard as a program does, and press the keys that paste."""
    field.evaluate(
        """(field, html) => {
          const fill = (event) => {
            event.clipboardData.setData("text/html", html);
            event.clipboardData.setData("text/plain", "plain words");
            event.preventDefault();
            event.stopImmediatePropagation();
          };
          window.addEventListener("copy", fill, { once: true, capture: true });
          document.execCommand("copy");
        }""",
        html,
    )
    field.click()
    field.press("Control+v")
