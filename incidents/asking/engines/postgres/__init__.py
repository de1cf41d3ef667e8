"""PostgreSQL: the tables of versions as relations of one database that several servers share."""
