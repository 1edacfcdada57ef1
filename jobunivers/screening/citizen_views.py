"""The questionnaire and its result."""

from flask import Blueprint

bp = Blueprint("screening", __name__)
