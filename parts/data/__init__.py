"""The table: brought, reviewed, kept in versions."""
