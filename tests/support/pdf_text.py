"""The text of a PDF as a reader's program finds it."""

import pypdfium2


def pages_of(pdf: bytes) -> list[str]:
    """The words of each page in reading order, lines by "\\n"."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        found = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return [text.replace("\r\n", "\n") for text in found]


def text_of(pdf: bytes) -> str:
    """The words of all pages."""
    return "\n".join(pages_of(pdf))
