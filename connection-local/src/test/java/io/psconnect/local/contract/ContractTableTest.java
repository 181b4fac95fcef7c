package io.psconnect.local.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The contract's rules, their wrong connections and docs/contract.md are one list. */
class ContractTableTest {
  private static final Path DOCUMENT =
      Path.of(System.getProperty("basedir", ".")).resolve("../docs/contract.md");

  @Test
  void idsAreUniqueAndWellFormed() {
    List<String> ids = Rules.all().stream().map(Rules::id).toList();
    assertEquals(new TreeSet<>(ids).size(), ids.size(), "ids: " + ids);
    assertTrue(ids.stream().allMatch(id -> id.matches("[A-Z]+-\\d\\d")), "ids: " + ids);
  }

  @Test
  void thereAreAtLeastThirtyFiveRules() {
    assertTrue(Rules.all().size() >= 35, "rules: " + Rules.all().size());
  }

  @Test
  void everyRuleHasWrongConnectionAndEveryWrongConnectionItsRule() {
    Set<String> caught =
        WrongConnections.all().stream().map(WrongConnection::rule).collect(Collectors.toSet());
    assertEquals(Rules.byId().keySet(), new TreeSet<>(caught));
  }

  @Test
  void documentSaysWhatTheAnnotationsSay() throws IOException {
    List<String> documented =
        Files.readAllLines(DOCUMENT).stream()
            .filter(line -> line.matches("\\| [A-Z]+-\\d\\d \\|.*"))
            .toList();
    List<String> expected = Rules.byId().values().stream().map(ContractTableTest::row).toList();
    assertEquals(
        String.join("\n", expected),
        documented.stream().sorted().collect(Collectors.joining("\n")));
  }

  private static String row(Method rule) {
    return "| %s | %s | %s |"
        .formatted(Rules.id(rule), sentence(rule.getName()), Rules.reason(rule));
  }

  private static String sentence(String name) {
    String words =
        name.replaceAll("(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
