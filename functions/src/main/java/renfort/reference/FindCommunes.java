package renfort.reference;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import renfort.environment.Environment;
import renfort.reference.model.Commune;
import renfort.web.ApiHandler;
import renfort.web.Problem;
import renfort.web.Refusal;
import renfort.web.Request;
import renfort.web.Response;

/** {@code GET /api/communes?postalCode=}: the communes of a postcode, none when it is unknown. */
public final class FindCommunes extends ApiHandler {
  /** Reference data change with a deployment only, and are the same for everybody. */
  static final String CACHED_FOR_AN_HOUR = "public, max-age=3600";

  public FindCommunes() {
    this(Environment.ofProcess());
  }

  public FindCommunes(Environment environment) {
    super(environment);
  }

  @Override
  protected Response handle(Request request) {
    String postalCode = request.query().getOrDefault("postalCode", "");
    if (!postalCode.matches("[0-9]{5}")) {
      throw new Refusal(
          Problem.invalid(
              "postalCode", "postal-code", "Un code postal de 5 chiffres est attendu."));
    }
    List<?> items =
        Communes.ofPostalCode(postalCode).stream()
            .sorted(Comparator.comparing(commune -> CityNames.fold(commune.name())))
            .map(FindCommunes::render)
            .toList();
    return Response.ok(Map.of("items", items)).withHeader("cache-control", CACHED_FOR_AN_HOUR);
  }

  private static Map<String, Object> render(Commune commune) {
    Map<String, Object> rendered = new LinkedHashMap<>();
    rendered.put("code", commune.code());
    rendered.put("name", commune.name());
    rendered.put("departement", commune.departement());
    rendered.put("region", commune.region());
    return rendered;
  }
}
