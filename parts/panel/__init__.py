"""The filters beside every page."""
