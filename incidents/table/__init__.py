"""What can be wrong with a table: the kinds, as data, and the problems that are found."""
