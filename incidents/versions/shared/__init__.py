"""One database for several servers: versions and small things, of which each server has copies."""
