"""What somebody should look at, and what was decided."""
