"""Sections of a CV."""

from enum import StrEnum


class Section(StrEnum):
    """Parts of a CV after the profile text. Experience and education have places and dates; the others are lines."""

    EXPERIENCE = "experience"
    EDUCATION = "education"
    SKILLS = "skills"
    LANGUAGES = "languages"
    COURSES = "courses"
    VOLUNTARY = "voluntary"
    OTHER = "other"


DATED = (Section.EXPERIENCE, Section.EDUCATION)
