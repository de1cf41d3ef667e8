"""What an incident is: columns, words, problems, and what the host has set."""
