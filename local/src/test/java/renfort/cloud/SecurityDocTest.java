package renfort.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import renfort.local.PlatformExtension;

/** docs/security.md names what is there, answers each point once, and counts rightly. */
class SecurityDocTest {
  private static final Path ROOT = PlatformExtension.root();
  private static final Set<String> MADE =
      Set.of("target", "node_modules", ".git", ".local", "dist");
  private static final Pattern NAME = Pattern.compile("`([^`\n]+)`");
  private static final Pattern CLASS = Pattern.compile("((?:[a-z]+\\.)*)([A-Z]\\w*)(?:\\.(\\w+))?");
  private static final Pattern POINT =
      Pattern.compile(
          "(?m)^\\| (V(\\d+)\\.\\d+\\.\\d+) \\| [12] \\| [^|]+ \\| (met|not applicable|not met)"
              + " \\|");
  private static final Pattern COUNT =
      Pattern.compile(
          "(?m)^\\| (?:V(\\d+) [^|]+|All) \\| (\\d+) \\| (\\d+) \\| (\\d+) \\| (\\d+) \\|$");

  /** Level 1 and level 2 of ASVS 5.0.0. */
  private static final int POINTS = 70 + 183;

  private static String text = "";
  private static String resources = "";
  private static List<String> files = List.of();

  @BeforeAll
  static void read() throws IOException {
    text = Files.readString(ROOT.resolve("docs/security.md"));
    resources =
        Files.readString(ROOT.resolve("template.yaml"))
            + Files.readString(ROOT.resolve("firewall.yaml"));
    files = new ArrayList<>();
    walk(ROOT);
  }

  @Test
  void whatItNamesIsThere() throws IOException {
    Set<String> missing = new TreeSet<>();
    Matcher names = NAME.matcher(text);
    int count = 0;
    for (; names.find(); count++) {
      String name = names.group(1);
      if (!name.equals("this type") && !isFile(name) && !isResource(name) && !isCode(name)) {
        missing.add(name);
      }
    }
    assertTrue(count > 200, count + " names");
    assertEquals(Set.of(), missing);
  }

  @Test
  void eachPointIsAnsweredOnceAndTheCountsAreThoseOfTheTables() {
    Set<String> ids = new HashSet<>();
    Set<String> notMet = new TreeSet<>();
    Map<Integer, List<String>> answers = new TreeMap<>();
    List<String> all = new ArrayList<>();
    Matcher points = POINT.matcher(text);
    while (points.find()) {
      assertTrue(ids.add(points.group(1)), points.group(1) + " twice");
      answers
          .computeIfAbsent(Integer.valueOf(points.group(2)), chapter -> new ArrayList<>())
          .add(points.group(3));
      all.add(points.group(3));
      if (points.group(3).equals("not met")) {
        notMet.add(points.group(1));
      }
    }
    assertEquals(POINTS, ids.size());
    Map<Integer, List<Integer>> counted = new TreeMap<>();
    Matcher counts = COUNT.matcher(text);
    while (counts.find()) {
      counted.put(
          counts.group(1) == null ? 0 : Integer.parseInt(counts.group(1)),
          Stream.of(2, 3, 4, 5).map(group -> Integer.valueOf(counts.group(group))).toList());
    }
    Map<Integer, List<Integer>> expected = new TreeMap<>();
    answers.forEach((chapter, some) -> expected.put(chapter, count(some)));
    expected.put(0, count(all));
    assertEquals(expected, counted);
    String list = text.substring(text.indexOf("## What is not met"), text.indexOf("## Point by"));
    assertEquals(
        notMet,
        new TreeSet<>(
            Pattern.compile("V\\d+\\.\\d+\\.\\d+")
                .matcher(list)
                .results()
                .map(result -> result.group())
                .toList()));
  }

  private static List<Integer> count(List<String> answers) {
    return List.of(
        (int) answers.stream().filter("met"::equals).count(),
        (int) answers.stream().filter("not applicable"::equals).count(),
        (int) answers.stream().filter("not met"::equals).count(),
        answers.size());
  }

  private static boolean isFile(String name) {
    return name.matches("[\\w./-]*[./][\\w./-]*")
        && files.stream().anyMatch(file -> file.equals(name) || file.endsWith("/" + name));
  }

  private static boolean isResource(String name) {
    return name.matches("\\w+")
        && Pattern.compile("(?m)^  " + name + ":").matcher(resources).find();
  }

  /** A class, by its name alone or with its package, and one of its methods or rules. */
  private static boolean isCode(String name) throws IOException {
    Matcher parts = CLASS.matcher(name);
    if (!parts.matches()) {
      return false;
    }
    String source = "/" + parts.group(1).replace('.', '/') + parts.group(2) + ".java";
    for (String file : files) {
      if (file.endsWith(source)
          && (parts.group(3) == null
              || Pattern.compile("\\b" + parts.group(3) + "(\\(| =)")
                  .matcher(Files.readString(ROOT.resolve(file)))
                  .find())) {
        return true;
      }
    }
    return false;
  }

  private static void walk(Path directory) throws IOException {
    try (Stream<Path> inside = Files.list(directory)) {
      for (Path path : inside.toList()) {
        if (!Files.isDirectory(path)) {
          files.add(ROOT.relativize(path).toString().replace('\\', '/'));
        } else if (!MADE.contains(path.getFileName().toString())) {
          walk(path);
        }
      }
    }
  }
}
