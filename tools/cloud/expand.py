#!/usr/bin/env python3
"""Expands template.yaml as CloudFormation would (AWS::Serverless-2016-10-31), without AWS: expand.py OUT.json

Prints what it found; fails when the expansion is not what can be deployed. Needs aws-sam-translator and cfn-lint's YAML
reader (cfnlint); the region is AWS_DEFAULT_REGION.
"""

import json
import pathlib
import sys

from cfnlint.decode import cfn_yaml
from samtranslator.translator.transform import transform

ROOT = pathlib.Path(__file__).resolve().parents[2]
# CloudFormation takes 500 in a stack; the rest is room to grow
MOST_RESOURCES = 400


class NoPolicies:
    """Stands for the list of AWS's managed policies, which the translator would ask AWS for."""

    def load(self):
        return {}


def read(path):
    # plain types: the translator does not know those that carry line numbers
    return json.loads(json.dumps(cfn_yaml.load(str(path))))


def uploaded(template):
    """The template as `sam package` would leave it: the code is in a bucket."""
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = "s3://packaged/functions.jar"
    return template


def managed_policies(expanded):
    for name, resource in expanded["Resources"].items():
        if resource["Type"] == "AWS::IAM::Role":
            for arn in resource["Properties"].get("ManagedPolicyArns", []):
                yield name, arn


def faults(expanded):
    count = len(expanded["Resources"])
    if count > MOST_RESOURCES:
        yield f"{count} resources, more than {MOST_RESOURCES}"
    for name, arn in managed_policies(expanded):
        # the translator leaves the name of a policy that it does not know
        text = arn if isinstance(arn, str) else next(iter(arn.values()))
        text = text if isinstance(text, str) else text[0] if text[0] else str(text)
        if not text.startswith("arn:"):
            yield f"{name}: {arn} is no managed policy"


def main(out):
    expanded = transform(uploaded(read(ROOT / "template.yaml")), {}, NoPolicies())
    pathlib.Path(out).write_text(json.dumps(expanded, indent=2), encoding="utf-8")
    found = list(faults(expanded))
    for fault in found:
        print(fault, file=sys.stderr)
    print(f"{len(expanded['Resources'])} resources")
    return 1 if found else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
