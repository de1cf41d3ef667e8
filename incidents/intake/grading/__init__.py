"""How sure an incident is, by a written rule."""
