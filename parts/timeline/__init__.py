"""The timeline, its change of late, attacks beside strikes."""
