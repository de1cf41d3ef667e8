"""A large table is rolled up: raw events in Parquet become partitions and summaries."""
