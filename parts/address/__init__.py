"""What the address says: the view, the filters, what is open."""
