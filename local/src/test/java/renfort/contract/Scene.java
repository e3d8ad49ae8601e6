package renfort.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import renfort.World;
import renfort.World.Requester;
import renfort.World.Volunteer;
import renfort.contract.OpenApi.Operation;
import renfort.local.Api;
import renfort.local.Api.Answer;
import renfort.local.LocalPlatform;
import renfort.professionals.Volunteers;

/**
 * One establishment of Bretagne, a mission of it, and people of every role around it. A scene is
 * for one use: what is done to it stays.
 */
final class Scene {
  final World world;
  final Api nobody;
  final Volunteer volunteer;
  final Api professional;
  final Requester approved;
  final Requester unapproved;
  final Requester stranger;
  final Api otherAgency;
  final Api agency;
  final Api national;

  Scene(LocalPlatform platform, Api api) {
    world = new World(platform, api);
    nobody = api;
    volunteer = world.volunteer();
    professional = world.as(volunteer);
    approved = world.approved();
    unapproved = world.unapproved(approved.finess());
    stranger = world.approved();
    otherAgency = world.agency("94");
    agency = world.agency("53");
    national = world.national();
  }

  /** Somebody who has their own sheet in the pool, signed in. */
  Api newProfessional() {
    return world.as(world.volunteer());
  }

  /** The path of an operation on this scene. */
  String path(Operation operation, String mission, String person) {
    return operation
        .path()
        .replace("/professionals/{id}", "/professionals/" + person)
        .replace("{id}", mission)
        .replace("{missionId}", mission)
        .replace("{professionalId}", person)
        .replace("{code}", "53")
        .replace("{finess}", approved.finess());
  }

  /** Somebody who may do it. */
  Api actor(Operation operation) {
    List<String> roles = operation.roles();
    if (roles.isEmpty()) {
      return nobody;
    }
    return switch (roles.getFirst()) {
      case "PROFESSIONAL" -> professional;
      case "REQUESTER", "APPROVED_REQUESTER" -> approved.api();
      default -> agency;
    };
  }

  /** Does an operation with a body of its own where it takes one. */
  Answer call(Api as, Operation operation, String path, String person) {
    return operation.hasBody()
        ? as.with("Content-Type", "application/json")
            .send(operation.method(), path, json(body(operation.id(), person)))
        : as.send(operation.method(), path, null);
  }

  static String json(Object tree) {
    try {
      return new ObjectMapper().writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A body that an operation takes. */
  Map<String, Object> body(String operation, String person) {
    return switch (operation) {
      case "updateOwnProfessional" -> world.volunteers().sheet();
      case "setOwnAvailability" -> Map.of("available", true);
      case "createMissions" -> Map.of("missions", List.of(world.terms()));
      case "updateMission" -> world.terms("count", 2);
      case "setMissionStatus" -> Map.of("status", "FILLED");
      case "affectCandidates",
          "refuseCandidates",
          "releaseCandidates",
          "pushCandidates",
          "withdrawPushes" ->
          Map.of("professionalIds", List.of(person));
      case "checkIdentity" -> Map.of("result", "VERIFIED");
      case "closeMission" -> Map.of("reason", "OTHER");
      case "setMissionPriority" -> Map.of("priority", 2);
      case "setRegulation" -> Map.of("mode", "DIRECT");
      case "setApproval" -> Map.of("approved", true, "emails", List.of(approved.email()));
      case "setLimits" -> Map.of("holds", 80, "contactsPerDay", 300);
      case "createDocumentSlot" -> slot();
      case "registerProfessional" -> world.volunteers().form(Volunteers.address());
      case "requestPasswordLink" -> Map.of("email", Volunteers.address());
      case "setPassword" -> Map.of("token", "none", "password", Volunteers.PASSWORD);
      case "openSession" ->
          Map.of("email", approved.email(), "password", Volunteers.PASSWORD, "keepSignedIn", false);
      case "submitNeed" -> world.need(Volunteers.address(), World.finess(), List.of(world.terms()));
      default -> throw new IllegalArgumentException("no body for " + operation);
    };
  }

  private static Map<String, Object> slot() {
    Map<String, Object> slot = new LinkedHashMap<>();
    slot.put("fileName", "identite.pdf");
    slot.put("contentType", "application/pdf");
    slot.put("size", 1000);
    slot.put("sha256", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    return slot;
  }
}
