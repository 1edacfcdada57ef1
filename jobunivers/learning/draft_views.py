"""Back to a draft with a return code."""

from flask import Blueprint

bp = Blueprint("drafts", __name__)
