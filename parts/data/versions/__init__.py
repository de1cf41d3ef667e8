"""Versions and their differences."""
