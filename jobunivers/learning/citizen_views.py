"""A course one composes oneself."""

from flask import Blueprint

bp = Blueprint("path", __name__)
