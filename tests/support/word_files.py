"""Reads a Word file as a person would: its paragraphs with their styles, and what the file says of
itself.
"""

import io

import docx


def opened(data):
    """The document; raises when it is none."""
    return docx.Document(io.BytesIO(data))


def paragraphs(data):
    """(style, text) of each paragraph."""
    return [(one.style.name, one.text) for one in opened(data).paragraphs]
