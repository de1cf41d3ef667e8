"""What whoever runs the dashboard sees of it, and how it ends."""
