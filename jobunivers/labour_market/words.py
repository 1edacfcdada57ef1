"""The labour market in the reader's words."""

from flask_babel import gettext as _

from jobunivers.labour_market import rules
from jobunivers.labour_market.types import Danish, Demand, Worktime


def category_name(category: Demand) -> str:
    """A category of the barometer as a heading."""
    names: dict[Demand, str] = {
        Demand.SHORTAGE: _("Many employers look for people"),
        Demand.GOOD: _("Good chances"),
        Demand.POOR: _("Fewer chances"),
        Demand.SURPLUS: _("More people than jobs"),
    }
    return names[category]


def category_text(category: Demand) -> str:
    """What the category means for somebody who looks for such a job."""
    texts: dict[Demand, str] = {
        Demand.SHORTAGE: _("Employers find it hard to get enough people."),
        Demand.GOOD: _("There are jobs, and most employers find people."),
        Demand.POOR: _(
            "There are jobs, but several people apply for each. It helps to look at related jobs, too."
        ),
        Demand.SURPLUS: _(
            "Many people look for the same jobs. A second title beside this one gives "
            "you more places to look."
        ),
    }
    return texts[category]


def quarter_name(quarter: str) -> str:
    """'2026-Q4' in words."""
    year, number = rules.split_quarter(quarter)
    return str(_("Quarter %(number)s of %(year)s", number=number, year=year))


def worktime_name(worktime: Worktime) -> str:
    """How much work a job is."""
    names: dict[Worktime, str] = {
        Worktime.FULL: _("Full time"),
        Worktime.PART: _("Part time"),
        Worktime.FEW: _("A few hours a week"),
    }
    return names[worktime]


def danish_name(danish: Danish) -> str:
    """How much Danish a job asks for."""
    names: dict[Danish, str] = {
        Danish.NONE: _("No Danish needed"),
        Danish.LITTLE: _("A little Danish is enough"),
        Danish.GOOD: _("Good Danish"),
    }
    return names[danish]
