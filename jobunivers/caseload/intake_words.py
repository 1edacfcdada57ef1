"""Words of a file of citizens: its columns, what is wrong with a cell, why it cannot be read."""

from flask_babel import lazy_gettext as _l

from jobunivers.caseload.intake_file import Fault
from jobunivers.caseload.types import Intake
from jobunivers.shared.tables import TableError

INTAKE = {
    Intake.REGISTERED: _l("new"),
    Intake.OUT_OF_WORK_AGAIN: _l("out of work again"),
    Intake.KNOWN: _l("registered already, left as they are"),
}

COLUMN_NAMES = {
    "name": _l("Name"),
    "target_group": _l("Target group"),
    "spell_start": _l("First day out of work"),
    "person_id": _l("Person identifier"),
    "cpr": _l("CPR number"),
    "email": _l("E-mail"),
    "phone": _l("Phone"),
    "team": _l("Team"),
    "locale": _l("Language"),
}

FAULTS = {
    "empty": _l("is empty"),
    "too_long": _l("is too long"),
    "no_cpr": _l("is not ten digits that begin with a date"),
    "no_group": _l("is not a target group of the municipality"),
    "no_team": _l("is not the name of a team"),
    "no_language": _l("is not a language of the site"),
    "no_day": _l("is not a day like 21-11-2026"),
    "day_out_of_reach": _l("lies more than five years back or a month ahead"),
    "no_address": _l("is not one address that mail can reach"),
    "no_number": _l("is not a telephone number"),
    "looks_like_cpr": _l("looks like a CPR number, which belongs in the column for it alone"),
    "twice": _l("stands in an earlier line too"),
    "same_name_and_phone": _l("has the name and the phone number of an earlier line"),
    "maybe_known": _l("may be a citizen we have: same name, same phone number"),
    "zero_restored": _l("had lost its first zero; it is put back"),
}

TABLE_ERRORS = {
    "large": _l("The file is too large: at most %(megabytes)s MB."),
    "old_excel": _l("This is an old Excel file (.xls). Save it as XLSX or CSV."),
    "encoding": _l("The text in the file is damaged. Save it as CSV UTF-8 or XLSX."),
    "workbook": _l("The Excel file is damaged. Save it again as XLSX or CSV."),
    "cell": _l("Line %(line)s has a cell that is too long, or a quotation mark without an end."),
    "empty": _l("The file is empty."),
    "columns": _l("The file has more than %(most)s columns."),
    "double": _l("Two columns have the same heading: %(column)s."),
    "rows": _l("The file has more than %(most)s lines. Split it."),
}


def fault_text(fault: Fault) -> str:
    """What is wrong with a cell, or what was assumed, to be read after the column's name."""
    return str(FAULTS[fault.code])


def table_error_text(error: TableError) -> str:
    """Why a file is no table that we can read, and what to do."""
    return str(TABLE_ERRORS[error.code]) % error.found
