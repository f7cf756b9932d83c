"""The policy packs, which the engine starts, and the rules that they serve."""
