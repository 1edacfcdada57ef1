"""Decisions of learning, as pure functions: answers, progress, courses, search."""
