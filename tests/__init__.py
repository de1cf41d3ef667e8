"""What the program is held to; a package, so that none of a dependency is taken for it."""
