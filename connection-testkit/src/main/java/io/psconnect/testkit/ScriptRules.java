package io.psconnect.testkit;

import io.psconnect.Script;
import java.util.List;
import java.util.function.Predicate;

/** The rules for scripts, as {@link FakeRunner} and {@link ScriptedPowerShell} follow them. */
final class ScriptRules {
  private final RuleBook<Script, ScriptAnswer> book = new RuleBook<>("script", Script::text);

  ScriptRule whenContains(String part) {
    return new ScriptRule(book.whenContains(part));
  }

  ScriptRule when(String description, Predicate<? super Script> predicate) {
    return new ScriptRule(book.when(description, predicate));
  }

  Reply<ScriptAnswer> replyTo(Script script) {
    return book.find(script).orElseThrow(() -> unmatched(script)).next();
  }

  private AssertionError unmatched(Script script) {
    return new AssertionError(
        "no rule for the script of %d characters that begins %s\nRegistered: %s"
            .formatted(script.text().length(), Quoted.start(script.text()), registered()));
  }

  private String registered() {
    List<String> rules = book.descriptions();
    return rules.isEmpty()
        ? "none; add one, such as whenScriptContains(\"...\").thenReturn(Result.of(0, \"\", \"\"))"
        : "\n  " + String.join("\n  ", rules);
  }
}
