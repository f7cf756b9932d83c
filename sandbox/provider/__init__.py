"""The resource plugins of the sandbox: the real engine loads them, they act on the emulator. Start reading at `row.py`."""
