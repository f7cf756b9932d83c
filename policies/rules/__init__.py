"""The rules of the policy packs and the layer under them; one package a family, one rule a file."""
