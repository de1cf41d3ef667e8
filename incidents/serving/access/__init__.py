"""Who may see and do what, and what browsers are told to refuse."""
