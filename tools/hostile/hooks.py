"""What Schemathesis is told of Renfort: who calls, which ids live, and two rules that openapi.yaml says in x-roles."""

import atexit
import collections
import json
import os
import re

import schemathesis

from scene import COMMUNE, GRANTS, PASSWORD, REGION, Scene

ROLE = os.environ["HOSTILE_ROLE"]
SCENE = Scene(os.environ["HOSTILE_BASE"], ROLE)
ID = re.compile("^[0-9abcdefghjkmnpqrstvwxyz]{20}$")
ERASING = {"eraseOwnAccount", "eraseOwnProfessional"}

calls = collections.Counter()
statuses = collections.defaultdict(collections.Counter)
turns = collections.Counter()
cursors = {}
registered = []


def operation_id(case) -> str:
    return case.operation.definition.raw["operationId"]


def roles(case) -> set:
    return set(case.operation.definition.raw["x-roles"])


def other_method(case) -> bool:
    """Whether a method is tried that the path does not have."""
    return case.method.upper() != case.operation.method.upper()


def turn(case, what: str) -> int:
    """Counts, so that the same run takes the same turns."""
    turns[operation_id(case), what] += 1
    return turns[operation_id(case), what]


if ROLE != "nobody":

    @schemathesis.auth(refresh_interval=None)
    class Token:
        def get(self, case, context):
            return SCENE.token

        def set(self, case, data, context):
            case.headers["Authorization"] = f"Bearer {data}"


@schemathesis.hook
def before_call(context, case, kwargs):
    live_ids(case)
    live_cookie(case)
    if case.query is not None and isinstance(case.query, dict):
        live_cursor(case)
    if isinstance(case.body, dict) and case.meta and case.meta.generation.mode.is_positive:
        live_body(case)


def live_ids(case):
    """Three times of four an id that could be one names something, so that more than 404 is seen."""
    given = dict(case.path_parameters or {})
    for name, value in given.items():
        if not isinstance(value, str) or turn(case, name) % 4 == 0:
            continue
        if name == "id" and operation_id(case) == "checkIdentity" and ID.match(value):
            given[name] = SCENE.held()
        elif name in ("id", "missionId") and ID.match(value):
            given[name] = SCENE.missions[turn(case, "mission") % len(SCENE.missions)]
        elif name == "professionalId" and ID.match(value):
            given[name] = person(case)
        elif name == "code" and re.match("^[0-9]{2}$", value):
            given[name] = REGION
        elif name == "finess" and re.match("^[0-9AB]{9}$", value):
            given[name] = SCENE.finess
    if given != case.path_parameters:
        case.path_parameters = given


def person(case) -> str:
    return SCENE.people[turn(case, "person") % len(SCENE.people)]


def live_cookie(case):
    """Every second call of a session's routes, the first among them, brings a live cookie; nobody has none."""
    if ROLE != "nobody" and operation_id(case) in ("refreshSession", "closeSession") and not other_method(case):
        if turn(case, "cookie") % 2:
            case.cookies = {"renfort_session": SCENE.cookie()}


def live_cursor(case):
    known = cursors.get(operation_id(case))
    if known and "cursor" in case.query and turn(case, "cursor") % 2 == 0:
        path, query = known
        case.path_parameters, case.query = path, query


def live_body(case):
    """Every second body that the schema allows is made to mean something, so that it goes as far as the tables."""
    if turn(case, "body") % 2:
        return
    body = dict(case.body)
    name = operation_id(case)
    if name in ("registerProfessional", "updateOwnProfessional"):
        for extra in ("identifier", "speciality", "diplomaId", "version"):
            body.pop(extra, None)
        live = SCENE.sheet()
        # what people write themselves stays as it was generated
        for own in ("lastName", "firstName", "vehicle", "nursingHome", "intensiveCare", "vaccination", "mobility"):
            live[own] = body.get(own, live[own])
        body.update(live)
        body.pop("identityDocumentId", None)
        if name == "registerProfessional":
            body["identityDocumentId"] = SCENE.upload()
            body["email"] = SCENE.address()
            registered.append(body["email"])
    elif name == "submitNeed":
        body["establishment"] = {
            **body.get("establishment", {}),
            **COMMUNE,
            "finess": SCENE.new_finess(),
            "region": REGION,
        }
        body["requester"] = {**body.get("requester", {}), "email": SCENE.address(), "phone": "0261911240"}
        body["missions"] = missions(body)
    elif name == "createMissions":
        body["missions"] = missions(body)
    elif name == "updateMission":
        body = mission(body)
    elif name in ("affectCandidates", "refuseCandidates", "releaseCandidates", "pushCandidates"):
        body["professionalIds"] = list(dict.fromkeys([person(case), person(case), *body["professionalIds"]]))[:50]
    elif name == "createDocumentSlot":
        kinds = {
            "application/pdf": "pdf",
            "application/msword": "doc",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
            "image/jpeg": "jpg",
        }
        body["fileName"] = body["fileName"][:140] + "." + kinds.get(body["contentType"], "pdf")
        body["sha256"] = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
    elif name == "setPassword" and registered:
        link = SCENE.link(registered[-1])
        if link:
            body["token"] = link
        if turn(case, "password") % 2:
            body["password"] = PASSWORD
    elif name == "openSession":
        # a wrong password of a live account would be counted against who fuzzes
        body.update(email=SCENE.email or SCENE.owner_email, password=PASSWORD)
    elif name == "setApproval":
        body["emails"] = [SCENE.owner_email]
    case.body = body


def missions(body) -> list:
    return [mission(one) for one in body.get("missions", []) if isinstance(one, dict)][:40] or [SCENE.terms()]


def mission(body) -> dict:
    body = {**body, **{name: SCENE.terms()[name] for name in ("start", "end", "profession")}}
    body.pop("speciality", None)
    return body


@schemathesis.hook
def after_call(context, case, response):
    if other_method(case):
        return
    name = operation_id(case)
    calls[name] += 1
    statuses[name][response.status_code] += 1
    if response.status_code == 200 and "limit" in str(case.operation.definition.raw.get("parameters", "")).lower():
        following = response.json().get("next")
        if following:
            query = {key: value for key, value in (case.query or {}).items() if key != "cursor"}
            cursors[name] = (dict(case.path_parameters or {}), {**query, "cursor": following})
    if response.status_code in (200, 204) and name in ("cancelMission", "closeMission", "setMissionStatus", "updateMission"):
        SCENE.replace_mission(case.path_parameters.get("id"))
    if response.status_code == 204 and name in ERASING:
        # whoever is gone cannot go on
        SCENE.renew()
        SCENE.contact()
        SCENE.missions = [SCENE._mission() for _ in range(3)] if name == "eraseOwnAccount" else SCENE.missions
    if response.status_code == 200 and name in ("setApproval", "setRegulation"):
        SCENE.settle()


@schemathesis.check
def only_who_may_is_served(context, response, case):
    """Whoever x-roles do not name is refused whatever they send; API Gateway's 404 is for paths that name no route."""
    if other_method(case) or not roles(case) or roles(case) & GRANTS[ROLE]:
        return
    wanted = 401 if ROLE == "nobody" else 403
    no_route = response.status_code == 404 and response.headers.get("Content-Type") == ["application/json"]
    if response.status_code != wanted and not no_route:
        raise AssertionError(f"{ROLE} got {response.status_code} instead of {wanted}")


@schemathesis.check
def a_live_token_is_taken(context, response, case):
    """Whoever is granted an operation and sends a token that lives is never told to sign in."""
    if other_method(case) or not roles(case) & GRANTS[ROLE] or response.status_code != 401:
        return
    if response.request.headers.get("Authorization") == f"Bearer {SCENE.token}":
        raise AssertionError(f"the token of {ROLE} is refused")


@schemathesis.check
def methods_without_a_route_are_not_found(context, response, case):
    """API Gateway knows routes, not resources: it answers 404 where another server answers 405."""
    if other_method(case) and response.status_code != 404:
        raise AssertionError(f"{case.method} got {response.status_code} instead of 404")


@atexit.register
def tell():
    with open(os.environ["HOSTILE_OUT"], "w", encoding="utf-8") as out:
        json.dump({"calls": calls, "statuses": statuses}, out)
