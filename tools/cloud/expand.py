#!/usr/bin/env python3
"""Expands template.yaml as CloudFormation would (AWS::Serverless-2016-10-31), without AWS: expand.py OUT.json

Prints what it found; fails when the expansion is not what can be deployed. Needs aws-sam-translator and cfn-lint's YAML
reader (cfnlint); the region is AWS_DEFAULT_REGION.
"""

import json
import logging
import pathlib
import re
import sys

from cfnlint.decode import cfn_yaml
from samtranslator.translator.transform import transform

ROOT = pathlib.Path(__file__).resolve().parents[2]
# the translator warns that its own usage metrics went nowhere: nobody wants them
logging.getLogger("samtranslator.metrics.metrics").setLevel(logging.ERROR)
# CloudFormation takes 500 in a stack; the rest is room to grow
MOST_RESOURCES = 400
# what SAM gives by itself, for every resource
MANAGED = {
    # writes logs and reads none
    "AWSLambdaBasicExecutionRole",
    # reads streams: the template denies each function all but its own (LeastPrivilegeTest)
    "AWSLambdaDynamoDBExecutionRole",
}


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


def statements(value):
    """Every statement of every policy, wherever it stands."""
    if isinstance(value, dict):
        if "Effect" in value and ("Action" in value or "NotAction" in value):
            yield value
        for inner in value.values():
            yield from statements(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from statements(inner)


def listed(value):
    return value if isinstance(value, list) else [value]


def texts(value):
    """What is written in a value of a policy; an intrinsic function's text is the part that is known."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)
    elif isinstance(value, str):
        yield value


def is_wide(key, text):
    # what is below a prefix of a bucket or of the API's routes is named by its beginning; SES's identities are whom a mail
    # goes to in the sandbox
    named = re.sub(r"(/[\w-]+|:identity|\.Arn\}|SiteBucket\.Arn)/\*$", "", text) if key == "Resource" else text
    return "*" in named


def wide(name, resource):
    if resource["Type"] == "AWS::KMS::Key":
        # a key's own policy: it speaks of that key alone, and the account must be able to change it
        return
    for statement in statements(resource.get("Properties", {})):
        if statement["Effect"] == "Allow":
            for key in ("NotAction", "NotResource", "NotPrincipal"):
                if key in statement:
                    yield f"{name}: {key} of {json.dumps(statement)} is all but something"
            for key in ("Action", "Resource", "Principal"):
                if any(is_wide(key, each) for each in texts(statement.get(key, ""))):
                    yield f"{name}: {key} of {json.dumps(statement)} is wide"


def unread_times(name, resource):
    expression = resource["Properties"]["ScheduleExpression"]
    # one of a unit is written in the singular; a cron has six fields, of which one day is a question mark
    rate = re.fullmatch(r"rate\((?:1 (?:minute|hour|day)|(?:[2-9]|[1-9]\d+) (?:minutes|hours|days))\)", expression)
    cron = re.fullmatch(r"cron\((?:[^\s()]+ ){2}(?:\? [^\s()]+ [^\s()?]+|[^\s()?]+ [^\s()]+ \?) [^\s()]+\)", expression)
    if not rate and not cron:
        yield f"{name}: {expression} is no time"


def unread_filters(name, resource):
    for each in resource["Properties"].get("FilterCriteria", {}).get("Filters", []):
        try:
            json.loads(each["Pattern"])
        except ValueError as fault:
            yield f"{name}: the filter {each['Pattern']} is no JSON ({fault})"


def described_as_open():
    """The routes that openapi.yaml describes as open to all."""
    paths = read(ROOT / "openapi.yaml")["paths"]
    return {(path, method) for path, item in paths.items() for method, each in item.items()
            if isinstance(each, dict) and not any("accessToken" in asked for asked in each.get("security", []))}


def open_routes(name, resource):
    """Routes that ask for less than their description says, or for something else."""
    body = resource["Properties"].get("Body", {})
    is_open = described_as_open()
    for path, operations in body.get("paths", {}).items():
        for method, operation in operations.items():
            asked = None if (path, method) in is_open else [{"AccessToken": ["aws.cognito.signin.user.admin"]}]
            if operation.get("security") != asked:
                yield f"{name}: {method} {path} has the security {operation.get('security')}"


CHECKS = {
    "AWS::Scheduler::Schedule": unread_times,
    "AWS::Lambda::EventSourceMapping": unread_filters,
    "AWS::ApiGatewayV2::Api": open_routes,
}


def faults(expanded):
    count = len(expanded["Resources"])
    if count > MOST_RESOURCES:
        yield f"{count} resources, more than {MOST_RESOURCES}"
    for name, resource in expanded["Resources"].items():
        yield from wide(name, resource)
        if resource["Type"] in CHECKS:
            yield from CHECKS[resource["Type"]](name, resource)
    for name, arn in managed_policies(expanded):
        # the translator leaves the name of a policy that it does not know
        text = arn if isinstance(arn, str) else next(iter(arn.values()))
        text = text if isinstance(text, str) else text[0] if text[0] else str(text)
        if not text.startswith("arn:"):
            yield f"{name}: {arn} is no managed policy"
        elif text.split("/")[-1] not in MANAGED:
            yield f"{name}: {arn} is a managed policy that was not agreed to"


def expand(template, release="release001"):
    return transform(uploaded(template), {"Release": release}, NoPolicies())


def main(out):
    expanded = expand(read(ROOT / "template.yaml"))
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
