"""Runs the program of a module in the Pulumi engine with a policy pack: python run.py MODULE PACK OPERATION.

The current folder has the module and the project. Prints, as JSON, the events that tests read, in the shape of the engine's.
"""

import importlib
import json
import sys

from pulumi import automation

module, pack, operation = sys.argv[1:]
sys.path.insert(0, ".")

events = []


def on_event(event: automation.EngineEvent) -> None:
    policy, diagnostic = event.policy_event, event.diagnostic_event
    if policy is not None:
        events.append(
            {
                "policyEvent": {
                    "policyName": policy.policy_name,
                    "enforcementLevel": policy.enforcement_level,
                    "resourceUrn": policy.resource_urn,
                    "message": policy.message,
                }
            }
        )
    if diagnostic is not None and diagnostic.severity != "debug":
        events.append({"diagnosticEvent": {"severity": diagnostic.severity, "message": diagnostic.message}})


stack = automation.create_or_select_stack(
    stack_name="dev",
    project_name="shop",
    program=importlib.import_module(module).program,
    opts=automation.LocalWorkspaceOptions(work_dir="."),
)
getattr(stack, operation)(policy_packs=[pack], on_event=on_event, color="never")
print(json.dumps(events))
