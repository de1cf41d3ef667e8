"""From the columns of other people's tables to ours. A profile is data: one YAML per layout."""
