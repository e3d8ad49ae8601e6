package peers.work;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The work that all peers do: one account, one mission, a page of 20 people of its département, an
 * entry of the journal, JSON. Much less than MatchCandidates does, by the same tables.
 */
public final class Match {
  private static final int PAGE = 20;

  private final Store store;

  public Match(Store store) {
    this.store = store;
  }

  public APIGatewayV2HTTPResponse answer(APIGatewayV2HTTPEvent event) {
    String account = event.getRequestContext().getAuthorizer().getJwt().getClaims().get("username");
    String finess = store.finess(account);
    if (finess == null) {
      return response(403, "{}");
    }
    String id = event.getPathParameters().get("id");
    Map<String, String> mission = store.mission(id);
    if (mission == null || !finess.equals(mission.get("finess"))) {
      return response(404, "{}");
    }
    List<Store.Person> people =
        store.people(
            mission.get("profession")
                + "#"
                + mission.get("region")
                + "#"
                + mission.get("departement"),
            PAGE);
    store.record(
        "MISSION#" + id,
        Instant.now() + "#" + UUID.randomUUID(),
        account,
        people.stream().map(Store.Person::id).toList());
    return response(200, json(people));
  }

  /** By hand, so that no peer pays for a second library of JSON beside its own. */
  private static String json(List<Store.Person> people) {
    StringBuilder json = new StringBuilder("{\"items\":[");
    String comma = "";
    for (Store.Person person : people) {
      json.append(comma)
          .append("{\"professionalId\":\"")
          .append(person.id())
          .append("\",\"lastName\":\"")
          .append(person.lastName())
          .append("\",\"firstName\":\"")
          .append(person.firstName())
          .append("\",\"city\":\"")
          .append(person.city())
          .append("\",\"version\":")
          .append(person.version())
          .append('}');
      comma = ",";
    }
    return json.append("]}").toString();
  }

  private static APIGatewayV2HTTPResponse response(int status, String body) {
    return APIGatewayV2HTTPResponse.builder()
        .withStatusCode(status)
        .withHeaders(Map.of("content-type", "application/json"))
        .withBody(body)
        .build();
  }
}
