"""From a reader's file to a version of its own."""
