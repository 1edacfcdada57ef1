"""Lists in which nobody is lost."""

from flask import Blueprint

bp = Blueprint("contact", __name__)
