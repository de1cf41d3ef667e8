"""What the escalation view shows: both sides over time, what answers what, what followed."""
