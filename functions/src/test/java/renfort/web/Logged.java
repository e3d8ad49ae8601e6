package renfort.web;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.function.Executable;

/** What a function logs, for a test. */
public final class Logged {
  private Logged() {}

  /** Does something, and gives what was logged meanwhile. */
  public static String by(Executable work) throws Throwable {
    PrintStream out = System.out;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      work.execute();
    } finally {
      System.setOut(out);
    }
    return log.toString(StandardCharsets.UTF_8);
  }
}
