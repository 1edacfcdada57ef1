"""For those who run the house: is it alive, is it ready, how does it do."""

from flask import Blueprint

bp = Blueprint("operation", __name__)
