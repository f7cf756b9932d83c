"""Flips or removes every property of the production stack, one at a time, and lists what no rule notices: `make sweep`."""
