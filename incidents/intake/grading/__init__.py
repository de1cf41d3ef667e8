"""How sure an incident is: its grade, what each report says of it, and how to cite it."""
