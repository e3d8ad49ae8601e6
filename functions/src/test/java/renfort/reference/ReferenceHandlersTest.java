package renfort.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import renfort.environment.Clients;
import renfort.environment.Environment;
import renfort.environment.Ids;
import renfort.environment.RetentionTest;
import renfort.web.ApiHandler;
import renfort.web.Json;

@NullUnmarked // a null fails the test
@SuppressWarnings("unchecked")
class ReferenceHandlersTest {

  private record Answer(int status, Map<String, String> headers, Map<String, Object> body) {}

  private static Answer call(ApiHandler function, Map<String, String> query) throws IOException {
    Map<String, Object> event = new HashMap<>();
    event.put("routeKey", "GET /api/any");
    event.put("queryStringParameters", query);
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    function.handleRequest(
        new ByteArrayInputStream(Json.write(event).getBytes(StandardCharsets.UTF_8)),
        output,
        mock(Context.class));
    Map<String, Object> answer = Json.readEvent(new ByteArrayInputStream(output.toByteArray()));
    return new Answer(
        (int) answer.get("statusCode"),
        (Map<String, String>) answer.get("headers"),
        Json.readEvent(
            new ByteArrayInputStream(
                ((String) answer.get("body")).getBytes(StandardCharsets.UTF_8))));
  }

  private static Environment environment() {
    return new Environment(
        Map.of("ORIGIN_SECRETS", "open", "RETENTION", RetentionTest.DEFAULTS),
        Clock.systemUTC(),
        Ids.random(),
        Clients.ofDefaultChain());
  }

  private static Answer communes(String postalCode) throws IOException {
    return call(new FindCommunes(environment()), Map.of("postalCode", postalCode));
  }

  @Test
  void referenceListsProfessionsRegionsAndActivityTypes() throws IOException {
    Answer answer = call(new ShowReference(environment()), Map.of());

    assertEquals(200, answer.status());
    assertEquals("public, max-age=3600", answer.headers().get("cache-control"));
    Map<String, Object> body = answer.body();
    assertEquals(
        List.of("professions", "regions", "activityTypes", "retention"),
        List.copyOf(body.keySet()));
    List<Object> professions = (List<Object>) body.get("professions");
    assertEquals(Professions.all().size(), professions.size());
    assertTrue(
        professions.contains(
            Map.of("code", "313", "label", "Aide-soignant", "specialities", List.of())));
    Map<String, Object> nurse =
        (Map<String, Object>)
            professions.stream()
                .filter(profession -> "60".equals(((Map<String, Object>) profession).get("code")))
                .findFirst()
                .orElseThrow();
    assertTrue(
        ((List<Object>) nurse.get("specialities"))
            .contains(Map.of("code", "SI07", "label", "Infirmier anesthésiste (IADE)")));
    List<Object> regions = (List<Object>) body.get("regions");
    assertEquals(18, regions.size());
    assertTrue(regions.contains(Map.of("code", "53", "name", "Bretagne", "ars", "ARS Bretagne")));
    List<Object> activityTypes = (List<Object>) body.get("activityTypes");
    assertEquals(7, activityTypes.size());
    assertEquals(30, ((Map<String, Object>) body.get("retention")).get("unconfirmedErasureDays"));
    assertTrue(activityTypes.contains(Map.of("code", "SALARIED", "label", "Salarié")));
  }

  @Test
  void theCommunesOfAPostcodeComeByName() throws IOException {
    Answer answer = communes("35000");

    assertEquals(200, answer.status());
    assertEquals("public, max-age=3600", answer.headers().get("cache-control"));
    assertEquals(
        Map.of(
            "items",
            List.of(
                Map.of("code", "35238", "name", "Rennes", "departement", "35", "region", "53"))),
        answer.body());
    List<String> several =
        ((List<Map<String, String>>) communes("01500").body().get("items"))
            .stream().map(item -> CityNames.fold(item.get("name"))).toList();
    assertTrue(several.size() > 3);
    assertEquals(several.stream().sorted().toList(), several);
  }

  @Test
  void anUnknownPostcodeHasNoCommune() throws IOException {
    Answer answer = communes("00000");

    assertEquals(200, answer.status());
    assertEquals(Map.of("items", List.of()), answer.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "3500", "350000", "2A004", "٣٥٠٠٠", "35000\n", " 35000"})
  void aPostcodeOfAnotherFormIsRefused(String postalCode) throws IOException {
    Answer answer = communes(postalCode);

    assertEquals(422, answer.status());
    assertEquals("no-store", answer.headers().get("cache-control"));
    assertTrue(answer.body().toString().contains("field=postalCode"));
  }

  @Test
  void aMissingPostcodeIsRefused() throws IOException {
    assertEquals(422, call(new FindCommunes(environment()), Map.of()).status());
  }
}
