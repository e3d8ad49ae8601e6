#!/usr/bin/env python3
"""Creates the whole of template.yaml on MiniStack, an emulator of AWS that is not ours: second_cloud.py [LAPTOP]

IAM is enforced there, and the functions run as on Lambda: in processes of their own, under AWS's Runtime Interface Client, on the
JDK 25. Then bin/walkthrough tells the whole story against it, and a right that is taken away is seen to be missed. No container,
nothing listens but on 127.0.0.1. Needs requirements-second-cloud.txt, the packaged functions, and the Runtime Interface Client's jars in
local/target/runtime-interface-client (both: mvn package).

LAPTOP is the address of a running bin/start: then its account service and the emulator's are asked the same, and must answer alike.

What the emulator does not do is stepped around here and not in the product: see around().
"""

import contextlib
import http.client
import http.server
import io
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile

import boto3
from botocore.config import Config

from accounts import Accounts
from expand import ROOT, expand, listed, read, statements

REGION = "eu-west-3"
STACK = "renfort"
SECRET = "the-distribution-proves-itself-by-this"
PASSWORD = "Demonstration-2026"
MAIL_SOURCE = "ses.told-by-hand"
SENDER = "noreply@renfort.example"
# a function is a process of its own here: two cores take longer than Lambda would
PATIENCE = 60


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def java():
    for candidate in [os.environ.get("JAVA25_HOME", ""), *sorted(map(str, pathlib.Path("/usr/lib/jvm").glob("*25*")))]:
        if candidate and pathlib.Path(candidate, "bin/java").exists():
            return str(pathlib.Path(candidate, "bin/java"))
    raise SystemExit("A JDK 25 is needed: name its directory in JAVA25_HOME")


def package(java_path):
    """The functions as a custom runtime: a bootstrap that starts the Runtime Interface Client on the JDK."""
    bootstrap = f"""#!/bin/sh
cd "$LAMBDA_TASK_ROOT"
exec {java_path} -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \\
  --enable-native-access=ALL-UNNAMED -cp 'lib/*' \\
  com.amazonaws.services.lambda.runtime.api.client.AWSLambda "$_HANDLER"
"""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        info = zipfile.ZipInfo("bootstrap")
        info.external_attr = 0o755 << 16
        archive.writestr(info, bootstrap)
        jars = [ROOT / "functions/target/functions.jar", *(ROOT / "local/target/runtime-interface-client").glob("*.jar")]
        if len(jars) < 3:
            raise SystemExit("The functions are not packaged, or the Runtime Interface Client is not there: mvn package")
        for jar in jars:
            archive.write(jar, f"lib/{jar.name}")
    return buffer.getvalue()


def around(template, bucket):
    """The expansion as the emulator can run it: its own gaps, each of which AWS does not have."""
    resources = template["Resources"]
    emptied = []
    for name, resource in resources.items():
        if resource["Type"] == "AWS::Lambda::Function":
            properties = resource["Properties"]
            # java25 answers a canned 200 there; a custom runtime is run for real
            properties["Runtime"] = "provided.al2023"
            properties["Code"] = {"S3Bucket": bucket, "S3Key": "functions.zip"}
            properties["Architectures"] = ["x86_64"]
            properties["Timeout"] = PATIENCE
            # a custom runtime takes no snapshots
            properties.pop("SnapStart", None)
        if resource["Type"] == "AWS::IAM::Role":
            for statement in statements(resource):
                # a mail is judged there as if it named no sender
                if "ses:SendEmail" in listed(statement["Action"]):
                    statement["Resource"] = "*"
                    statement.pop("Condition")
        if resource["Type"] == "AWS::Events::Rule":
            # its SES tells of no bounces, and what is put may not say that it comes from AWS
            resource["Properties"]["EventPattern"]["source"] = [MAIL_SOURCE]
        if resource["Type"] in ("AWS::S3::BucketPolicy", "AWS::SQS::QueuePolicy"):
            document = resource["Properties"]["PolicyDocument"]
            # it speaks no TLS, and would keep everybody off
            document["Statement"] = [each for each in document["Statement"] if each.get("Sid") != "OnlyOverTls"]
            if not document["Statement"]:
                emptied.append(name)
    for name in emptied:
        del resources[name]
    # it knows no alarm on a query of metrics; cfn-lint has read those
    for name in [name for name, resource in resources.items()
                 if resource["Type"] == "AWS::CloudWatch::Alarm" and "Metrics" in resource["Properties"]]:
        del resources[name]
    # the generated body of the API makes no routes there
    for name in [name for name, resource in resources.items() if resource["Type"] == "AWS::ApiGatewayV2::Api"]:
        properties = resources[name]["Properties"]
        body = properties.pop("Body")
        properties.pop("FailOnWarnings", None)
        properties.update(ProtocolType="HTTP", Name=name)
        routes(resources, name, body)


def routes(resources, api, body):
    for scheme, declared in body["components"]["securitySchemes"].items():
        authorizer = declared["x-amazon-apigateway-authorizer"]
        resources[f"{api}{scheme}"] = {
            "Type": "AWS::ApiGatewayV2::Authorizer",
            "Properties": {
                "ApiId": {"Ref": api},
                "AuthorizerType": "JWT",
                "Name": scheme,
                "IdentitySource": [authorizer["identitySource"]],
                "JwtConfiguration": {
                    "Issuer": authorizer["jwtConfiguration"]["issuer"],
                    "Audience": authorizer["jwtConfiguration"]["audience"],
                },
            },
        }
    number = 0
    for path, operations in body["paths"].items():
        for method, operation in operations.items():
            number += 1
            integration = operation["x-amazon-apigateway-integration"]
            resources[f"{api}Integration{number}"] = {
                "Type": "AWS::ApiGatewayV2::Integration",
                "Properties": {
                    "ApiId": {"Ref": api},
                    "IntegrationType": "AWS_PROXY",
                    "PayloadFormatVersion": integration["payloadFormatVersion"],
                    "IntegrationUri": integration["uri"],
                },
            }
            properties = {
                "ApiId": {"Ref": api},
                "RouteKey": f"{method.upper()} {path}",
                "Target": {"Fn::Sub": ["integrations/${Integration}", {"Integration": {"Ref": f"{api}Integration{number}"}}]},
            }
            for requirement in operation.get("security", []):
                for scheme, scopes in requirement.items():
                    properties.update(
                        AuthorizationType="JWT",
                        AuthorizerId={"Ref": f"{api}{scheme}"},
                        AuthorizationScopes=scopes,
                    )
            resources[f"{api}Route{number}"] = {"Type": "AWS::ApiGatewayV2::Route", "Properties": properties}


class Front(http.server.BaseHTTPRequestHandler):
    """Stands for the distribution: adds the secret and says who calls; and gives the sent mails as a laptop does."""

    protocol_version = "HTTP/1.1"
    emulator = ""
    host = ""

    def log_message(self, *_):
        pass

    def forward(self):
        if self.path.startswith("/_local/mails?"):
            return self.mails()
        body = self.rfile.read(int(self.headers.get("content-length", "0")))
        headers = {name: value for name, value in self.headers.items() if name.lower() not in ("host", "connection")}
        headers.update({"Host": self.host, "x-origin-secret": SECRET, "cloudfront-viewer-address": "198.51.100.7:46532"})
        connection = http.client.HTTPConnection(self.emulator, timeout=2 * PATIENCE)
        try:
            connection.request(self.command, self.path, body, headers)
            answer = connection.getresponse()
            self.answer(answer.status, answer.getheaders(), answer.read())
        finally:
            connection.close()

    do_GET = do_POST = do_PUT = do_DELETE = forward

    def mails(self):
        to = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)["to"][0]
        body = json.dumps([mail for mail in sent_mails(self.emulator) if to in mail["to"]])
        self.answer(200, [("Content-Type", "application/json")], body.encode())

    def answer(self, status, headers, body):
        self.send_response(status)
        for name, value in headers:
            if name.lower() not in ("connection", "transfer-encoding", "content-length", "date", "server"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def sent_mails(emulator):
    """What was sent, as a laptop gives its mails, oldest first."""
    with urllib.request.urlopen(f"http://{emulator}/_ministack/ses/messages") as answer:
        messages = [mail for account in json.load(answer)["messages"].values() for mail in account]
    return [
        {"to": mail["To"], "subject": mail["Subject"], "text": mail["BodyText"], "html": mail["BodyHtml"], "at": mail["Timestamp"]}
        for mail in sorted(messages, key=lambda mail: mail["Timestamp"])
    ]


def until(what, look, seconds=90):
    end = time.monotonic() + seconds
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > end:
            raise SystemExit(f"{what}: not within {seconds} s")
        time.sleep(0.2)


def call(base, method, path, body=None, token=None, headers=None):
    """Status and body of one request."""
    given = dict(headers or {})
    if body is not None:
        given["Content-Type"] = "application/json"
    if token:
        given["Authorization"] = f"Bearer {token}"
    request = urllib.request.Request(base + path, json.dumps(body).encode() if body is not None else None, given, method=method)
    try:
        with urllib.request.urlopen(request, timeout=3 * PATIENCE) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


@contextlib.contextmanager
def emulator(port, log):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    environment.update(
        AUTH="true",
        BIND_HOST="127.0.0.1",
        GATEWAY_PORT=str(port),
        MINISTACK_HOST="localhost",
        AWS_ENDPOINT_URL=f"http://127.0.0.1:{port}",
        # its broker would listen on every interface
        IOT_MTLS_ENABLED="0",
    )
    process = subprocess.Popen(
        [str(pathlib.Path(sys.executable).with_name("ministack"))],
        env=environment,
        stdout=log,
        stderr=log,
        cwd=tempfile.gettempdir(),
        start_new_session=True,
    )
    try:
        until("the emulator's start", lambda: answers(f"http://127.0.0.1:{port}/_ministack/health"))
        yield f"127.0.0.1:{port}"
    finally:
        # the functions are processes of its group
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def answers(address):
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


class Cloud:
    """The stack on the emulator, and what is asked of it."""

    def __init__(self, address):
        self.address = address
        self.outputs = {}
        self.resources = {}

    def client(self, service):
        return boto3.client(
            service,
            region_name=REGION,
            endpoint_url=f"http://{self.address}",
            aws_access_key_id="test",
            aws_secret_access_key="test",
            config=Config(read_timeout=3 * PATIENCE, retries={"max_attempts": 1}, s3={"addressing_style": "path"}),
        )

    def create(self, site):
        bucket = f"{STACK}-packages"
        s3 = self.client("s3")
        s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
        s3.put_object(Bucket=bucket, Key="functions.zip", Body=package(java()))
        template = expand(read(ROOT / "template.yaml"))
        around(template, bucket)
        s3.put_object(Bucket=bucket, Key="template.json", Body=json.dumps(template).encode())
        ses = self.client("sesv2")
        ses.create_email_identity(EmailIdentity=SENDER)
        ses.put_account_details(
            MailType="TRANSACTIONAL", WebsiteURL=site, UseCaseDescription="tests", ProductionAccessEnabled=True
        )
        cloudformation = self.client("cloudformation")
        cloudformation.create_stack(
            StackName=STACK,
            TemplateURL=f"http://{self.address}/{bucket}/template.json",
            Capabilities=["CAPABILITY_IAM"],
            Parameters=[
                {"ParameterKey": name, "ParameterValue": value}
                for name, value in {"SiteUrl": site, "Sender": SENDER, "OriginSecret": SECRET, "Stage": "trial"}.items()
            ],
        )
        until("the stack", lambda: self.settled(cloudformation), 300)
        described = cloudformation.describe_stacks(StackName=STACK)["Stacks"][0]
        if described["StackStatus"] != "CREATE_COMPLETE":
            for event in cloudformation.describe_stack_events(StackName=STACK)["StackEvents"]:
                if "FAILED" in event["ResourceStatus"]:
                    print(event["LogicalResourceId"], event.get("ResourceStatusReason"), file=sys.stderr)
            raise SystemExit(f"The stack ended as {described['StackStatus']}")
        self.outputs = {output["OutputKey"]: output["OutputValue"] for output in described["Outputs"]}
        for page in cloudformation.get_paginator("list_stack_resources").paginate(StackName=STACK):
            for resource in page["StackResourceSummaries"]:
                self.resources[resource["LogicalResourceId"]] = resource["PhysicalResourceId"]

    @staticmethod
    def settled(cloudformation):
        return not cloudformation.describe_stacks(StackName=STACK)["Stacks"][0]["StackStatus"].endswith("_IN_PROGRESS")

    def host(self):
        return f"{self.resources['Api']}.execute-api.localhost:{self.address.split(':')[1]}"

    def invoke(self, function, event):
        answer = self.client("lambda").invoke(FunctionName=self.resources[function], Payload=json.dumps(event).encode())
        body = answer["Payload"].read().decode()
        if "FunctionError" in answer:
            raise SystemExit(f"{function}: {body}")
        return json.loads(body)


def activate(address, site, email):
    """Sets the password by the link of the last mail."""
    mail = until(
        f"the mail to {email}",
        lambda: next((mail for mail in reversed(sent_mails(address)) if email in mail["to"] and "#token=" in mail["text"]), None),
    )
    token = mail["text"].split("#token=", 1)[1].split()[0]
    status, body = call(site, "POST", "/api/passwords", {"token": token, "password": PASSWORD})
    if status != 204:
        raise SystemExit(f"The link of {email} answers {status}: {body}")


def sign_in(site, email):
    status, body = call(site, "POST", "/api/sessions", {"email": email, "password": PASSWORD, "keepSignedIn": False})
    if status != 200:
        raise SystemExit(f"{email} cannot sign in: {status} {body}")
    return json.loads(body)["accessToken"]


def expect(what, expected, answer):
    status, body = answer
    if status != expected:
        raise SystemExit(f"{what}: {status} instead of {expected}: {body}")
    print(f"   {what}: {status}")
    return body


def past_the_distribution(cloud):
    """Whoever knows the API's own address is not let in by it."""
    direct = f"http://{cloud.address}"
    for headers in ({}, {"x-origin-secret": "guessed"}):
        body = expect(
            "past the distribution", 403, call(direct, "GET", "/api/reference", headers={"Host": cloud.host(), **headers})
        )
        if "not-through-site" not in body:
            raise SystemExit(body)


def rights_count(cloud, site, token):
    """Takes one right away: the function that needs it is out, and says so; another is not."""
    expect("who is signed in", 200, call(site, "GET", "/api/me", token=token))
    iam = cloud.client("iam")
    role = cloud.resources["ShowAccountRole"]
    for policy in iam.list_role_policies(RoleName=role)["PolicyNames"]:
        iam.delete_role_policy(RoleName=role, PolicyName=policy)
    expect("the same without its right", 503, call(site, "GET", "/api/me", token=token))
    expect("another function", 200, call(site, "GET", "/api/regions/53/regulation", token=token))


def bounces_are_marked(cloud):
    """By bus and rule the function is told of a mail that came back."""
    email = "boite.fermee@exemple.fr"
    account = cloud.invoke("SetStaffAccount", {"email": email, "role": "NATIONAL", "enabled": True})["accountId"]
    event = json.loads((ROOT / "events/MarkUndeliverable.json").read_text(encoding="utf-8"))
    event["detail"]["bounce"]["bouncedRecipients"][0]["emailAddress"] = email
    event["detail"]["mail"]["tags"]["ses:configuration-set"] = [cloud.resources["MailSettings"]]
    put = cloud.client("events").put_events(
        Entries=[{"Source": MAIL_SOURCE, "DetailType": event["detail-type"], "Detail": json.dumps(event["detail"])}]
    )
    if put["FailedEntryCount"]:
        raise SystemExit(f"The event is refused: {put}")
    table, key = cloud.resources["AccountsTable"], {"accountId": {"S": account}}
    until(
        "the mark of a mail that came back",
        lambda: "undeliverable" in cloud.client("dynamodb").get_item(TableName=table, Key=key)["Item"],
    )
    print("   a mail that came back: the address is marked")


def snapshots_are_kept(cloud):
    """The weekly calls: each function behind a route, by its alias."""
    states = cloud.client("stepfunctions")
    execution = states.start_execution(stateMachineArn=cloud.resources["KeepSnapshots"])["executionArn"]
    until(
        "the weekly calls", lambda: states.describe_execution(executionArn=execution)["status"] != "RUNNING", 3 * PATIENCE
    )
    ended = states.describe_execution(executionArn=execution)
    if ended["status"] != "SUCCEEDED":
        raise SystemExit(f"The weekly calls ended as {ended}")
    print("   the weekly calls: every function answered")


def accounts_agree(address, site, laptop):
    """Cognito's stand-in on the laptop against the emulator's Cognito, each behind its own gateway."""
    port = urllib.parse.urlsplit(laptop).port
    print("   the account service of the emulator")
    there = Accounts(f"http://{address}", site).all()
    print("   the account service of the laptop")
    here = Accounts(f"http://127.0.0.1:{port + 1}", laptop).all()
    different = {what: (there[what], here[what]) for what in there if there[what] != here[what]}
    if different:
        raise SystemExit(f"The two do not agree: {different}")
    print(f"   they agree in {len(there)} answers")


def main():
    os.environ.setdefault("AWS_DEFAULT_REGION", REGION)
    with tempfile.NamedTemporaryFile("w+", suffix=".log") as log, emulator(free_port(), log) as address:
        cloud = Cloud(address)
        front = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Front)
        site = f"http://127.0.0.1:{front.server_port}"
        begun = time.monotonic()
        cloud.create(site)
        print(f"The stack is there: {len(cloud.resources)} resources in {time.monotonic() - begun:.0f} s")
        Front.emulator, Front.host = address, cloud.host()
        threading.Thread(target=front.serve_forever, daemon=True).start()
        try:
            past_the_distribution(cloud)
            for email, wish in {
                "ars.53@exemple.fr": {"role": "AGENCY", "region": "53"},
                "national@exemple.fr": {"role": "NATIONAL"},
            }.items():
                cloud.invoke("SetStaffAccount", {"email": email, "enabled": True, **wish})
                activate(address, site, email)
            walked = subprocess.run([ROOT / "bin/walkthrough", site], check=False, stdin=subprocess.DEVNULL)
            if walked.returncode:
                raise SystemExit("The story breaks on the second cloud")
            bounces_are_marked(cloud)
            snapshots_are_kept(cloud)
            if len(sys.argv) > 1:
                accounts_agree(address, site, sys.argv[1])
            rights_count(cloud, site, sign_in(site, "ars.53@exemple.fr"))
        except BaseException:
            log.seek(0)
            sys.stderr.write("".join(log.readlines()[-60:]))
            raise
        finally:
            front.shutdown()


if __name__ == "__main__":
    # the story and ours are told in their order
    sys.stdout.reconfigure(line_buffering=True)
    main()
