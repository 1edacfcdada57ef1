"""The sections of a CV in the reader's language, with what belongs there."""

from dataclasses import dataclass

from flask_babel import gettext as _

from jobunivers.cv.types import Section


@dataclass(frozen=True)
class SectionWords:
    """A section's name, what to write there, and the words on its buttons. `title` and `place`
    label the fields of a dated entry.
    """

    section: Section
    name: str
    hint: str
    add: str
    title: str = ""
    place: str = ""


def section_words(section: Section) -> SectionWords:
    """The words for one section."""
    return next(words for words in all_section_words() if words.section == section)


def all_section_words() -> list[SectionWords]:
    """All sections in the order of the CV."""
    return [
        SectionWords(
            Section.EXPERIENCE,
            _("Experience"),
            _("Your jobs, the newest first. Short jobs and jobs abroad count too."),
            _("Add a job"),
            _("Job title"),
            _("Workplace and town"),
        ),
        SectionWords(
            Section.EDUCATION,
            _("Education"),
            _(
                "School and training, the newest first. Write the Danish level too, when it is from abroad."
            ),
            _("Add an education"),
            _("Name of the education"),
            _("School and town"),
        ),
        SectionWords(
            Section.SKILLS,
            _("Skills"),
            _("What you can do: tasks, tools, machines, programs. The most important first."),
            _("Add skills"),
        ),
        SectionWords(
            Section.LANGUAGES,
            _("Languages"),
            _("Each language with how well you speak it: “Danish – can talk with customers”."),
            _("Add languages"),
        ),
        SectionWords(
            Section.COURSES,
            _("Courses and certificates"),
            _("For example forklift licence, first aid, hygiene certificate, with the year."),
            _("Add courses"),
        ),
        SectionWords(
            Section.VOLUNTARY,
            _("Voluntary work"),
            _("Unpaid work in a club, a school, a shop, a neighbourhood."),
            _("Add voluntary work"),
        ),
        SectionWords(
            Section.OTHER,
            _("Other"),
            _("Driving licence, interests, or what else an employer should know."),
            _("Add a line"),
        ),
    ]
