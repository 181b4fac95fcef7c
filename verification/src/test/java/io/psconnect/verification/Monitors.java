package io.psconnect.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where class files take a monitor, as {@code javap} tells: {@code synchronized} of both kinds. */
final class Monitors {
  private Monitors() {}

  /** The declarations of the methods that do, by the class file they are in. */
  static Map<String, List<String>> takenIn(List<Path> classFiles) {
    return classFiles.stream()
        .collect(
            Collectors.toMap(
                file -> file.getFileName().toString(), Monitors::takenIn, Monitors::both))
        .entrySet()
        .stream()
        .filter(found -> !found.getValue().isEmpty())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static List<String> takenIn(Path classFile) {
    List<String> found = new ArrayList<>();
    String method = "";
    for (String line : disassembled(classFile).lines().map(String::strip).toList()) {
      if (line.endsWith(";") && line.contains("(") && !line.matches("\\d+: .*")) {
        method = line;
      }
      if (line.matches("\\d+: monitorenter")
          || line.equals(method) && line.contains("synchronized ")) {
        found.add(method);
      }
    }
    return found;
  }

  private static String disassembled(Path classFile) {
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out);
    int exit =
        ToolProvider.findFirst("javap")
            .orElseThrow()
            .run(writer, writer, "-c", "-private", classFile.toString());
    assertEquals(0, exit, out::toString);
    return out.toString();
  }

  private static List<String> both(List<String> one, List<String> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
  }
}
