"""Tables too large for one file of a database: kept as partitions, with summaries of them."""
