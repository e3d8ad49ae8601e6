package renfort.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import renfort.environment.Retention;
import renfort.local.Api;
import renfort.local.LocalPlatform;
import renfort.local.PlatformExtension;

/**
 * How long things are kept is said once, by template.yaml; functions and pages have it from there.
 */
@ExtendWith(PlatformExtension.class)
class RetentionNamesTest {
  private static final Path ROOT = PlatformExtension.root();

  @Test
  void R28_R29_thePageSaysWhatTheTemplateDoes(LocalPlatform platform, Api api) throws IOException {
    Map<String, Integer> functions =
        new TreeMap<>(Retention.of(platform.environment(platform.variables("SweepDays"))).byName());
    Map<String, Object> parameters = map(platform.template().tree().get("Parameters"));
    Map<String, Integer> template = new TreeMap<>();
    for (String name : functions.keySet()) {
      String parameter = Character.toUpperCase(name.charAt(0)) + name.substring(1);
      template.put(name, ((Number) map(parameters.get(parameter)).get("Default")).intValue());
    }
    assertEquals(template, functions);

    JsonNode shown = api.get("/api/reference").expect(200).json().path("retention");
    Map<String, Integer> answered = new TreeMap<>();
    shown.properties().forEach(day -> answered.put(day.getKey(), day.getValue().asInt()));
    assertEquals(template, answered);

    Object contract =
        new Load(LoadSettings.builder().build())
            .loadFromString(Files.readString(ROOT.resolve("openapi.yaml")));
    for (String part : List.of("components", "schemas", "Retention", "properties")) {
      contract = map(contract).get(part);
    }
    assertEquals(template.keySet(), new TreeSet<>(map(contract).keySet()));

    String page = Files.readString(ROOT.resolve("static-site/src/guides/PersonalData.tsx"));
    Set<String> told = new TreeSet<>();
    Matcher matcher = Pattern.compile("<Kept name=\"(\\w+)\" />").matcher(page);
    while (matcher.find()) {
      told.add(matcher.group(1));
    }
    assertEquals(template.keySet(), told, "each is told, and by no figure of the page's own");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object tree) {
    return (Map<String, Object>) tree;
  }
}
