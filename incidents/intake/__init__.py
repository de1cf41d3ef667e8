"""From a file to checked, placed and graded rows."""
