"""One meeting by signed link, without log-in."""

from flask import Blueprint

bp = Blueprint("booking_links", __name__)
