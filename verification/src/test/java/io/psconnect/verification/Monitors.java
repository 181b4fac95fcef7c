package io.psconnect.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/** Where class files take a monitor, as {@code javap} tells: {@code synchronized} of both kinds. */
final class Monitors {
  private Monitors() {}

  /** The declarations of the methods that do, each after the declaration of its class. */
  static List<String> takenIn(List<Path> classFiles) {
    List<String> found = new ArrayList<>();
    String type = "";
    String method = "";
    for (String line : disassembled(classFiles).lines().map(String::strip).toList()) {
      boolean instruction = line.matches("\\d+: .*");
      if (line.endsWith(" {")) {
        type = line;
      } else if (line.endsWith(";") && !instruction) {
        method = line;
      }
      if (instruction ? line.endsWith(": monitorenter") : line.contains("synchronized ")) {
        found.add(type + " " + method);
      }
    }
    return found;
  }

  private static String disassembled(List<Path> classFiles) {
    List<String> arguments = new ArrayList<>(List.of("-c", "-private"));
    classFiles.forEach(file -> arguments.add(file.toString()));
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out);
    ToolProvider javap = ToolProvider.findFirst("javap").orElseThrow();
    assertEquals(0, javap.run(writer, writer, arguments.toArray(String[]::new)), out::toString);
    return out.toString();
  }
}
