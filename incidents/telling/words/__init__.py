"""Answers in sentences and tables of text."""
