"""The queue of flags and the review."""

from flask import Blueprint

bp = Blueprint("screening_caseworker", __name__)
