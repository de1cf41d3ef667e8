"""Versions of the table: made, kept, opened, compared, reviewed."""
