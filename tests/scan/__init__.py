"""Lets a public scanner read the production stack as a Terraform plan, and lists what it finds with the reason: `make scan`."""
