"""The store in PostgreSQL, for several app processes on several machines. Needs the extra `postgres`."""
