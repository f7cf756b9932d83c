"""The commands, one file each; `ops/cli/` imports a command's file only when it is called."""
