"""The states in which a piece of a page is shown, and a text as long as texts get."""

from flask_babel import lazy_gettext as _l

STATES = {
    "plain": _l("Plain"),
    "hint": _l("With a hint"),
    "error": _l("With an error"),
    "disabled": _l("Switched off"),
    "empty": _l("Empty"),
    "long": _l("With a long Ukrainian text"),
    "many": _l("With many rows"),
    "busy": _l("While it is saving"),
    "good": _l("After something went well"),
    "careful": _l("With care"),
    "wrong": _l("After something went wrong"),
    "info": _l("As information"),
    "open": _l("Opened"),
    "quiet": _l("Quiet"),
    "row": _l("Side by side"),
    "link": _l("With a link"),
    "picture": _l("With a picture"),
}

# Ukrainian runs a third longer than English: what fits this fits.
LONG = (
    "Підтвердження кваліфікації, отриманої за кордоном, та найближча зустріч із консультантом "
    "муніципалітету щодо професійного навчання"
)
