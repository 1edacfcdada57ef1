"""The three tracks of job goals. Their names are data of the municipality's profile."""

OWN, NEAR, DEMAND = TRACKS = ("own", "near", "demand")
