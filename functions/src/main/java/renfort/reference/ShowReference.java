package renfort.reference;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import renfort.environment.Environment;
import renfort.environment.Retention;
import renfort.reference.model.ActivityType;
import renfort.reference.model.Profession;
import renfort.web.ApiHandler;
import renfort.web.Request;
import renfort.web.Response;

/**
 * {@code GET /api/reference}: the codes of forms with their French labels, and how long things are
 * kept.
 */
public final class ShowReference extends ApiHandler {
  private final Response answer;

  public ShowReference() {
    this(Environment.ofProcess());
  }

  public ShowReference(Environment environment) {
    super(environment);
    Map<String, Object> reference = new LinkedHashMap<>();
    reference.put("professions", Professions.all().stream().map(ShowReference::render).toList());
    reference.put(
        "regions",
        Regions.all().stream()
            .map(
                region -> fields("code", region.code(), "name", region.name(), "ars", region.ars()))
            .toList());
    reference.put(
        "activityTypes",
        Arrays.stream(ActivityType.values())
            .map(type -> labelled(type.name(), type.label()))
            .toList());
    reference.put("retention", Retention.of(environment).byName());
    this.answer =
        Response.ok(reference).withHeader("cache-control", FindCommunes.CACHED_FOR_AN_HOUR);
  }

  @Override
  protected Response handle(Request request) {
    return answer;
  }

  private static Map<String, Object> render(Profession profession) {
    Map<String, Object> rendered = labelled(profession.code(), profession.label());
    List<?> specialities =
        profession.specialities().stream()
            .map(speciality -> labelled(speciality.code(), speciality.label()))
            .toList();
    rendered.put("specialities", specialities);
    return rendered;
  }

  private static Map<String, Object> labelled(String code, String label) {
    return fields("code", code, "label", label);
  }

  private static Map<String, Object> fields(String... namesAndValues) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return fields;
  }
}
