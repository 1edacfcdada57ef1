"""The caseworker's calendar and windows."""

from flask import Blueprint

bp = Blueprint("booking_caseworker", __name__)
