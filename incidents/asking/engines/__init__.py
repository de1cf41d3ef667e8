"""What runs the questions: each engine opens the tables of a version and runs statements."""
