"""The routes of the server and the commands of the command line."""
