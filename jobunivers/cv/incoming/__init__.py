"""Files from elsewhere that become a CV: what is in them, and what of it is new."""
