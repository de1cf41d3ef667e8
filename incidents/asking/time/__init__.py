"""What the timeline shows: bars, intervals, averages, change."""
