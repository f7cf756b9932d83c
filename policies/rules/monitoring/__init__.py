"""What must be watched, and whether the watching can wake anybody."""
