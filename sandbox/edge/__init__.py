"""CloudFront on this machine: the stack's distribution, answered on loopback by what the emulator and the engine's state hold of it."""
