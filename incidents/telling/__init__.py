"""Answers as a reader sees them: charts, words, files."""
