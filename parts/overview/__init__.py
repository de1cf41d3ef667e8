"""Figures, map, list and card of the overview."""
