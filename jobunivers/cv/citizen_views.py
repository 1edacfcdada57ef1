"""The CV."""

from flask import Blueprint

bp = Blueprint("cv", __name__)
