"""What is written down of a layout that is known."""

from typing import Any

Cells = dict[int, dict[str, Any]]
"""Cells of the checked incidents, by row and column; dates as text."""
Layouts = dict[str, tuple[str, str, Cells, list[list[Any]]]]
"""By name: the text of a table, its profile, the cells, and the problems that are told.

A problem is [row, column, kind], the column under the name of the file.
"""
