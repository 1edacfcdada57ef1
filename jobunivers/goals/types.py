"""The three tracks of job goals. Their names are data of the municipality's profile."""

TRACKS = ("own", "near", "demand")
