"""An AWS account on this machine: moto as the cloud, the real Pulumi engine, and resource providers of our own in between."""
