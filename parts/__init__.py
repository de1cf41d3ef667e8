"""What pages are put together from, by subject."""
