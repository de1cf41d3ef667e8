"""From tables as they are brought to a snapshot, and from a snapshot back to them."""
