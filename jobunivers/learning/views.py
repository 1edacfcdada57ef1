"""Modules and lessons, open to everybody."""

from flask import Blueprint

bp = Blueprint("learning", __name__)
