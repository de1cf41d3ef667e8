"""From files to tables of text."""
