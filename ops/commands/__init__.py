"""The commands, one file each; `ops/cli.py` imports a command's file only when it is called."""
