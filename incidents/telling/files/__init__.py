"""Answers as files: tables and pictures."""
