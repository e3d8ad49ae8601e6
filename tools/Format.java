import com.google.googlejavaformat.java.Main;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs google-java-format over every Java file below {@code src} of the current module; the arguments are passed on.
 * Exit code 1 when a file is not formatted and {@code --set-exit-if-changed} is given.
 */
void main(String[] arguments) throws Exception {
  List<String> all = new ArrayList<>(List.of(arguments));
  Path sources = Path.of("src");
  if (!Files.isDirectory(sources)) {
    return;
  }
  try (var files = Files.walk(sources)) {
    files.map(Path::toString).filter(name -> name.endsWith(".java")).sorted().forEach(all::add);
  }
  int exit =
      new Main(new PrintWriter(System.out, true), new PrintWriter(System.err, true), System.in)
          .format(all.toArray(String[]::new));
  if (exit != 0) {
    System.err.println("Not formatted; run: mvn -Pformat process-sources");
  }
  System.exit(exit);
}
