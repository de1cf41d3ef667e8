"""Names in any script and spelling: cleaned, compared, read in phrases."""
