"""The caseworker's desk."""

from flask import Blueprint

bp = Blueprint("desk", __name__)
