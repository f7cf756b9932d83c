"""The static site: its releases in a bucket, and the key at the edge that says which of them users see."""

SITE = "site"
"""How the command line calls it, where a service's name may stand too; no service may have this name."""
