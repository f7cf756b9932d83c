"""What may be reached, and how it is encrypted on the way."""
