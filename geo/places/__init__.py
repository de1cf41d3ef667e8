"""Places, their names and outlines, as they are kept and read."""
