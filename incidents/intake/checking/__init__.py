"""From tables of text to typed tables and every problem in them."""
