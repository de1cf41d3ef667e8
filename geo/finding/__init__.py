"""From a name of a place to where it is, or to why it is not known."""
