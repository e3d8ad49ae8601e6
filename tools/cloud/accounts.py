"""What the product expects of the account service, asked of any that claims to be one: of Cognito's stand-in on a laptop, and of
the emulator. Both are to answer alike.

    accounts.py SERVICE SITE

SERVICE is the endpoint of the account service, SITE the address of a platform that uses it and has the demonstration's
national account: its tokens name pool and clients.
"""

import base64
import json
import sys
import time
import urllib.error
import urllib.request

import boto3
from botocore.exceptions import ClientError

GOOD = "Ajonc-Genet-2026!"
WEAK = {
    "short": "Ajonc-2026!",
    "without a capital": "ajonc-genet-2026!",
    "without a small letter": "AJONC-GENET-2026!",
    "without a digit": "Ajonc-Genet-Rennes!",
    "without a special character": "AjoncGenet20262026",
}


def sign_in(site, keep):
    """An access token of the national account."""
    body = json.dumps({"email": "national@exemple.fr", "password": "Demonstration-2026", "keepSignedIn": keep})
    request = urllib.request.Request(f"{site}/api/sessions", body.encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=180) as answer:
        return json.load(answer)["accessToken"]


def claims(token):
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


class Accounts:
    def __init__(self, service, site):
        self.site = site
        day, kept = (claims(sign_in(site, keep)) for keep in (False, True))
        self.pool = day["iss"].rpartition("/")[2]
        self.day = day["client_id"]
        self.kept = kept["client_id"]
        self.client = boto3.client(
            "cognito-idp",
            region_name="eu-west-3",
            endpoint_url=service,
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )
        self.said = {}

    def say(self, what, answer):
        """Keeps an answer, to be compared with another service's."""
        self.said[what] = answer
        print(f"   {what}: {answer}")

    def fault(self, call, **arguments):
        try:
            call(**arguments)
        except ClientError as refused:
            return refused.response["Error"]["Code"]
        return "taken"

    def message(self, call, **arguments):
        try:
            call(**arguments)
        except ClientError as refused:
            return f"{refused.response['Error']['Code']}: {refused.response['Error']['Message']}"
        return "taken"

    def sign_in(self, user, password=GOOD, client=None):
        return self.client.admin_initiate_auth(
            UserPoolId=self.pool,
            ClientId=client or self.day,
            AuthFlow="ADMIN_USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": user, "PASSWORD": password},
        )["AuthenticationResult"]

    def refresh(self, token, client=None):
        return self.client.admin_initiate_auth(
            UserPoolId=self.pool,
            ClientId=client or self.day,
            AuthFlow="REFRESH_TOKEN_AUTH",
            AuthParameters={"REFRESH_TOKEN": token},
        )["AuthenticationResult"]

    def gate(self, token):
        """What the API's authorizer makes of a token: the account is unknown to the functions, which say so themselves."""
        request = urllib.request.Request(f"{self.site}/api/me", headers={"Authorization": f"Bearer {token}"})
        try:
            with urllib.request.urlopen(request, timeout=180) as answer:
                return f"{answer.status}"
        except urllib.error.HTTPError as refused:
            ours = refused.headers.get("content-type", "").startswith("application/problem+json")
            return f"{refused.code} of {'the function' if ours else 'the gateway'}"

    def all(self):
        user = f"essai{time.time_ns()}"
        self.client.admin_create_user(UserPoolId=self.pool, Username=user, MessageAction="SUPPRESS")
        self.policy(user)
        self.sessions(user)
        self.tokens(user)
        self.ends(user)
        return self.said

    def policy(self, user):
        for kind, password in WEAK.items():
            self.say(
                f"a password {kind}",
                self.fault(
                    self.client.admin_set_user_password, UserPoolId=self.pool, Username=user, Password=password, Permanent=True
                ),
            )
        self.client.admin_set_user_password(UserPoolId=self.pool, Username=user, Password=GOOD, Permanent=True)
        self.say(
            "the same user again", self.fault(self.client.admin_create_user, UserPoolId=self.pool, Username=user)
        )
        self.say("a wrong password", self.message(self.sign_in, user=user, password=GOOD + "x"))
        self.say("an unknown user", self.message(self.sign_in, user=user + "x"))
        self.say(
            "a flow that the client lacks",
            self.fault(
                self.client.admin_initiate_auth,
                UserPoolId=self.pool,
                ClientId=self.day,
                AuthFlow="CUSTOM_AUTH",
                AuthParameters={"USERNAME": user},
            )
            != "taken",
        )

    def sessions(self, user):
        day, kept = self.sign_in(user), self.sign_in(user, client=self.kept)
        self.say("an access token's life in seconds", day["ExpiresIn"])
        self.say("a refresh token gives an access token", "AccessToken" in self.refresh(day["RefreshToken"]))
        self.say(
            "a refresh token at the other client",
            self.fault(self.refresh, token=day["RefreshToken"], client=self.kept),
        )
        self.say("a refresh token that is none", self.fault(self.refresh, token="none"))
        self.client.revoke_token(Token=day["RefreshToken"], ClientId=self.day)
        self.say("a session that was revoked", self.fault(self.refresh, token=day["RefreshToken"]))
        self.say("the other session", "AccessToken" in self.refresh(kept["RefreshToken"], self.kept))
        self.client.admin_user_global_sign_out(UserPoolId=self.pool, Username=user)
        self.say("it after a sign-out of all", self.fault(self.refresh, token=kept["RefreshToken"], client=self.kept))

    def tokens(self, user):
        result = self.sign_in(user)
        header, payload, signature = result["AccessToken"].split(".")
        read = claims(result["AccessToken"])
        self.say("an access token's user", read["username"] == user)
        self.say("its scope", read["scope"])
        self.say("its use", read["token_use"])
        self.say("the access token at the API", self.gate(result["AccessToken"]))
        self.say("the ID token at the API", self.gate(result["IdToken"]).split(" ")[0] in ("401", "403"))
        none = base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
        self.say("a token that nobody signed", self.gate(f"{none}.{payload}."))
        self.say("a token with another's signature", self.gate(f"{header}.{payload}.{signature[::-1]}"))

    def ends(self, user):
        session = self.sign_in(user)
        self.client.admin_delete_user(UserPoolId=self.pool, Username=user)
        self.say("a user that was deleted", self.message(self.sign_in, user=user))
        self.say("its session", self.fault(self.refresh, token=session["RefreshToken"]))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    Accounts(*sys.argv[1:]).all()
