"""Citizens of a caseworker; intake."""

from flask import Blueprint

bp = Blueprint("caseload", __name__)
