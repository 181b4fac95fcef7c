package io.psconnect.testkit.contract;

import static java.util.Map.entry;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Decides by PATH whether a test that {@linkplain RequiresProgram requires programs} is run. */
final class ProgramCondition implements ExecutionCondition {
  private static final Map<String, String> SOURCES =
      Map.ofEntries(
          entry(
              "pwsh",
              "put a folder with pwsh on PATH, or install PowerShell: https://aka.ms/powershell"),
          entry(
              "powershell.exe", "put a folder with powershell.exe on PATH; every Windows has one"),
          entry("wine", debian("wine wine64")),
          entry("ntlm_auth", debian("winbind")),
          entry("krb5kdc", debian("krb5-kdc")),
          entry("kdb5_util", debian("krb5-kdc")),
          entry("kadmin.local", debian("krb5-admin-server")),
          entry("kinit", debian("krb5-user")),
          entry("faketime", debian("faketime")),
          entry("openssl", debian("openssl")),
          entry("sshd", debian("openssh-server")),
          entry("ssh", debian("openssh-client")),
          entry("ssh-keygen", debian("openssh-client")));

  private final List<Path> folders;
  private final Set<String> required;

  ProgramCondition() {
    this(variable("PATH", File.pathSeparator), Set.copyOf(variable("PSCONNECT_REQUIRE", ",")));
  }

  ProgramCondition(List<String> folders, Set<String> required) {
    this.folders = folders.stream().map(Path::of).toList();
    this.required = required;
  }

  private static List<String> variable(String name, String separator) {
    return Stream.of(System.getenv().getOrDefault(name, "").split(separator))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .distinct()
        .toList();
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return decide(AnnotationSupport.findAnnotation(context.getElement(), RequiresProgram.class));
  }

  ConditionEvaluationResult decide(Optional<RequiresProgram> requirement) {
    return requirement
        .map(annotation -> decide(List.of(annotation.value())))
        .orElseGet(() -> ConditionEvaluationResult.enabled("no program is needed"));
  }

  ConditionEvaluationResult decide(List<String> programs) {
    List<String> missing = programs.stream().filter(program -> !isOnPath(program)).toList();
    if (missing.isEmpty()) {
      return ConditionEvaluationResult.enabled("on PATH: " + String.join(", ", programs));
    }
    String reason = missing.stream().map(ProgramCondition::lack).collect(Collectors.joining("; "));
    if (missing.stream().anyMatch(required::contains)) {
      throw new ExtensionConfigurationException(reason + "; PSCONNECT_REQUIRE demands it");
    }
    return ConditionEvaluationResult.disabled(reason);
  }

  private boolean isOnPath(String program) {
    return folders.stream()
        .map(folder -> folder.resolve(program))
        .anyMatch(file -> Files.isRegularFile(file) && Files.isExecutable(file));
  }

  private static String debian(String packages) {
    return "on Debian: apt-get install --no-install-recommends " + packages;
  }

  private static String lack(String program) {
    String source = SOURCES.getOrDefault(program, "install it, or put its folder on PATH");
    return "%s is not on PATH (%s)".formatted(program, source);
  }
}
