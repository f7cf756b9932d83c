"""What keeps a release, a flip and a rollback safe."""
