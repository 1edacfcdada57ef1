"""Messages between citizen and staff."""

from flask import Blueprint

bp = Blueprint("messages", __name__)
