"""The security pack, as the engine starts it."""

from policies.rules.pack import serve

serve("security")
