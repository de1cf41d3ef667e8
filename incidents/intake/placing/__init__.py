"""Where each row happened, which rows are likely the same, and what somebody decided by hand."""
