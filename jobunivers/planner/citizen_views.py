"""The private planner."""

from flask import Blueprint

bp = Blueprint("planner", __name__)
