"""One incident: its reports, how sure it is, what belongs to it."""
