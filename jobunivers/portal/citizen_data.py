"""Everything known about me, and who has looked."""

from flask import Blueprint

bp = Blueprint("data", __name__)
