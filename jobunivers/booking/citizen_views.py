"""Meetings: see, book, move, cancel."""

from flask import Blueprint

bp = Blueprint("booking", __name__)
