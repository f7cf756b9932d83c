"""What Switchyard builds: one component a file, named for what it is."""
