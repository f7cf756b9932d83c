"""The `switchyard` command: what an operator does to a stack, in the sandbox and on AWS alike."""
