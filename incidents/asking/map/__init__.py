"""What the map shows: incidents, cells, areas, lines, and the window that moves through time."""
