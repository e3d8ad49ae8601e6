"""People of every role on a running laptop platform, made as anybody makes them: by the API, links taken from the mails.

Only the staff are those of the demonstration: nothing makes others over HTTP. Everything else is thrown away.
"""

import base64
import datetime
import hashlib
import itertools
import os
import re
import time

import requests

PASSWORD = "Demonstration-2026"
REGION = "53"
COMMUNE = {"postalCode": "35000", "city": "Rennes"}
PDF = b"%PDF-1.7 the papers of nobody"

# who an operation's x-roles let in
GRANTS = {
    "nobody": set(),
    "professional": {"PROFESSIONAL"},
    "requester": {"REQUESTER"},
    "approved": {"REQUESTER", "APPROVED_REQUESTER"},
    "agency": {"AGENCY"},
    "national": {"NATIONAL"},
}


class Scene:
    """An establishment of Rennes with missions, candidates for them, and the role that calls."""

    def __init__(self, base: str, role: str):
        self.base = base
        self.role = role
        self.http = requests.Session()
        self.run = os.environ["HOSTILE_RUN"]
        self.count = itertools.count(1)
        self.tokens = {}
        self.token = None
        self.email = None
        self.renew()
        # what the role acts on is its own where it is a requester's
        if role in ("requester", "approved"):
            self.owner, self.owner_email = self.token, self.email
        else:
            self.owner_email, self.owner = self._requester(approved=True)
        self.finess = self._call("GET", "/api/me", self.owner)["establishment"]["finess"]
        self.missions = [self._mission() for _ in range(3)]
        self.people = self._people()
        self.contact()

    def renew(self):
        """Signs the role in, as somebody new unless it is staff."""
        if self.role == "professional":
            self.email = self._volunteer()
            self.token = self._activate(self.email)
        elif self.role in ("requester", "approved"):
            self.email, self.token = self._requester(self.role == "approved")
            self.owner, self.owner_email = self.token, self.email
        elif self.role in ("agency", "national"):
            self.email = f"ars.{REGION}@exemple.fr" if self.role == "agency" else "national@exemple.fr"
            self.token = self.staff(self.email)

    def contact(self):
        """Has a professional contacted for the first mission, so that there is something to decline."""
        if self.role == "professional":
            own = self._call("GET", "/api/me", self.token)["professionalId"]
            self._call("POST", f"/api/missions/{self.missions[0]}/candidates/{own}/contact", self.owner)

    def held(self) -> str:
        """Somebody whom the establishment holds, so that their papers may be checked; anybody when nobody can be held."""
        for mission in self.missions:
            for person in self.people:
                answer = self.http.post(
                    f"{self.base}/api/missions/{mission}/candidates/{person}/contact",
                    headers={"Authorization": f"Bearer {self.owner}"},
                    timeout=30,
                )
                if answer.status_code == 200:
                    return person
        return self.people[0]

    def sign_in(self, email: str, cookie: bool = False):
        """A session's answer, or its refresh cookie."""
        answer = self.http.post(
            f"{self.base}/api/sessions",
            json={"email": email, "password": PASSWORD, "keepSignedIn": False},
            timeout=30,
        )
        self.http.cookies.clear()
        answer.raise_for_status()
        return answer.headers["Set-Cookie"].split(";")[0].split("=", 1)[1] if cookie else answer.json()

    def staff(self, email: str) -> str:
        """An access token, good for longer than a run."""
        if email not in self.tokens:
            self.tokens[email] = self.sign_in(email)["accessToken"]
        return self.tokens[email]

    def cookie(self):
        """The refresh cookie of a session of its own."""
        email = self.email or self.owner_email
        return self.sign_in(email, cookie=True)

    def address(self) -> str:
        """An address that nobody has."""
        return f"hostile.{self.run}.{self.role}.{next(self.count)}@exemple.org"

    def day(self, days: int) -> str:
        return (datetime.date.today() + datetime.timedelta(days=days)).isoformat()

    def upload(self) -> str:
        """A document that a sheet can claim."""
        slot = self._call(
            "POST",
            "/api/documents",
            None,
            {
                "fileName": "identite.pdf",
                "contentType": "application/pdf",
                "size": len(PDF),
                "sha256": base64.b64encode(hashlib.sha256(PDF).digest()).decode(),
            },
        )
        put = self.http.put(slot["upload"]["url"], data=PDF, headers=slot["upload"]["headers"], timeout=30)
        put.raise_for_status()
        return slot["documentId"]

    def link(self, email: str):
        """The token of the last link that was mailed to an address, if there is one."""
        mails = self._call("GET", f"/_local/mails?to={email}", None)
        tokens = [found for mail in mails for found in re.findall(r"#token=([^\s\"<]+)", mail["text"])]
        return tokens[-1] if tokens else None

    def sheet(self) -> dict:
        return {
            "lastName": "Kerbrat",
            "firstName": "Solène",
            "phone": "02 61 91 12 34",
            "region": REGION,
            "profession": "60",
            "identifierType": "NONE",
            "activityType": "SALARIED",
            **COMMUNE,
            "vehicle": True,
            "nursingHome": True,
            "intensiveCare": False,
            "vaccination": True,
            "availabilities": [{"start": self.day(1), "weekdays": True, "weekend": True}],
            "mobility": ["LOCAL", "DEPARTMENTAL"],
        }

    def terms(self) -> dict:
        return {
            "start": self.day(3),
            "end": self.day(9),
            "profession": "60",
            "count": 3,
            "vehicle": False,
            "weekend": False,
            "nursingHome": False,
            "intensiveCare": False,
        }

    def establishment(self, finess: str) -> dict:
        return {
            "finess": finess,
            "name": "Centre hospitalier des essais",
            "address": "2 rue Henri Le Guilloux",
            **COMMUNE,
            "region": REGION,
        }

    def new_finess(self) -> str:
        """A number with its key: Luhn over all nine."""
        body = f"35{int(self.run) % 1000:03d}{list(GRANTS).index(self.role)}{next(self.count) % 100:02d}"
        return next(body + key for key in "0123456789" if _luhn(body + key))

    def replace_mission(self, mission: str):
        """Another open mission in the place of one that was changed or cancelled."""
        if mission in self.missions:
            self.missions[self.missions.index(mission)] = self._mission()

    def settle(self):
        """The owner approved and the region without regulation, whatever the last call made of them."""
        national = self.staff("national@exemple.fr")
        approval = {"approved": self.role != "requester", "emails": [self.owner_email]}
        self._call("PUT", f"/api/establishments/{self.finess}/approval", national, approval)
        self._call("PUT", f"/api/regions/{REGION}/regulation", national, {"mode": "DIRECT"})

    def _volunteer(self) -> str:
        email = self.address()
        form = {**self.sheet(), "email": email, "identityDocumentId": self.upload(), "consent": True}
        self._call("POST", "/api/professionals", None, form)
        return email

    def _requester(self, approved: bool):
        email = self.address()
        finess = self.new_finess()
        requester = {"lastName": "Le Goff", "firstName": "Anne", "email": email, "phone": "0261911240"}
        need = {"requester": requester, "establishment": self.establishment(finess), "missions": [self.terms()]}
        self._call("POST", "/api/needs", None, need)
        token = self._activate(email)
        if approved:
            agency = self.staff(f"ars.{REGION}@exemple.fr")
            self._call(
                "PUT", f"/api/establishments/{finess}/approval", agency, {"approved": True, "emails": [email]}
            )
        return email, token

    def _activate(self, email: str) -> str:
        for _ in range(100):
            link = self.link(email)
            if link:
                break
            time.sleep(0.1)
        else:
            raise RuntimeError(f"no link was mailed to {email}")
        self._call("POST", "/api/passwords", None, {"token": link, "password": PASSWORD})
        return self.sign_in(email)["accessToken"]

    def _mission(self) -> str:
        created = self._call("POST", "/api/missions", self.owner, {"missions": [self.terms()]})
        return created["missions"][0]["id"]

    def _people(self):
        """Candidates of the missions, seen by the agency: who calls may not see them."""
        agency = self.staff(f"ars.{REGION}@exemple.fr")
        page = self._call("GET", f"/api/missions/{self.missions[0]}/candidates?limit=60", agency)
        return [item["professionalId"] for item in page["items"]]

    def _call(self, method: str, path: str, token, body=None):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = self.http.request(method, self.base + path, headers=headers, json=body, timeout=30)
        if not answer.ok:
            raise RuntimeError(f"{method} {path} answered {answer.status_code} {answer.text}")
        return answer.json() if answer.content else None


def _luhn(number: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
