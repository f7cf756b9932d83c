"""The Automation API's workspace, without what it asks the engine for and nobody here reads."""

import pulumi.automation as auto


class EngineWorkspace(auto.LocalWorkspace):
    """After an update the Automation API has the engine list the outputs twice, a process each. `Deployment` reads them in the state."""

    def stack_outputs(self, stack_name: str) -> auto.OutputMap:  # noqa: ARG002 -- the Automation API's signature
        """Ask for nothing."""
        return {}
