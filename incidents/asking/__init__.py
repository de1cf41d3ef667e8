"""A question to a version and its answer: the only folder that writes queries."""
