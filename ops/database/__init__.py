"""The inside of the database: its roles and what they may do, brought about by SQL and looked at afterwards."""
