"""What `python -m incidents` does, by the same code as the pages."""
