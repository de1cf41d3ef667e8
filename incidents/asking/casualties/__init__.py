"""What the Casualties page shows: totals, bands over time, single sources, disagreements."""
