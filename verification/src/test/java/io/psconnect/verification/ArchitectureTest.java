package io.psconnect.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The architecture holds; that each rule can fail is shown by {@link ArchitectureRulesTest}. */
class ArchitectureTest {
  private static final List<PublishedModule> PUBLISHED = Reactor.published();
  private static final JavaClasses CLASSES = classes(PUBLISHED);
  private static final Set<String> API = Reactor.published("connection-api").packages();

  /** What else each backend may require. */
  private static final Map<String, Set<String>> LIBRARIES =
      Map.of(
          "io.psconnect.local",
          Set.of(),
          "io.psconnect.ssh",
          Set.of("org.apache.sshd.osgi", "org.slf4j"),
          "io.psconnect.winrm",
          Set.of("org.apache.httpcomponents.core5.httpcore5"));

  @Test
  void apiNeedsTheJdkAlone() {
    assertEquals(Set.of(), requiredBeyondTheJdk(Reactor.published("connection-api")));
  }

  @Test
  void backendsNeedTheApiAndTheirOwnLibrariesAlone() {
    for (PublishedModule backend : backends()) {
      Set<String> required = requiredBeyondTheJdk(backend);
      required.remove("io.psconnect");
      assertEquals(LIBRARIES.get(backend.descriptor().name()), required, backend.artifact());
    }
  }

  @Test
  void noModuleNeedsABackend() {
    Set<String> backends = moduleNames(PublishedModule::isBackend);
    for (PublishedModule module : PUBLISHED) {
      Set<String> required = requiredBeyondTheJdk(module);
      required.retainAll(backends);
      assertEquals(Set.of(), required, module.artifact() + " must find backends by ServiceLoader");
    }
  }

  @Test
  void backendsUseNothingElseOfOurs() {
    for (PublishedModule backend : backends()) {
      Set<String> others = packages(module -> !module.equals(backend));
      others.removeAll(API);
      ArchitectureRules.independent(backend.packages(), others).check(CLASSES);
    }
  }

  @Test
  void providersAreInPackagesThatAreNotExported() {
    for (PublishedModule module : PUBLISHED) {
      Set<String> providers = providerPackages(module);
      providers.retainAll(module.exportedPackages());
      assertEquals(Set.of(), providers, module.artifact());
    }
  }

  @Test
  void publicSignaturesHoldNothingThatIsNotExported() {
    Set<String> exported = all(PublishedModule::exportedPackages, PUBLISHED.stream());
    ArchitectureRules.presentable(packages(module -> true), exported).check(CLASSES);
  }

  @Test
  void packagesHaveNoCycle() {
    ArchitectureRules.acyclic().check(CLASSES);
  }

  @Test
  void librariesPrintNothing() {
    ArchitectureRules.quiet().check(classes(libraries()));
  }

  @Test
  void librariesDoNotUseJavaUtilLogging() {
    ArchitectureRules.withoutJavaUtilLogging().check(CLASSES);
  }

  @Test
  void namesSayWhatAClassIs() {
    ArchitectureRules.namedForWhatTheyAre().check(CLASSES);
  }

  /**
   * A virtual thread that waits inside {@code synchronized} keeps its carrier, on JDKs before 24.
   */
  @Test
  void nothingIsSynchronized() {
    for (PublishedModule module : PUBLISHED) {
      List<Path> files = Reactor.filesUnder(module.classes(), ".class");
      assertEquals(List.of(), Monitors.takenIn(files), module.artifact() + ": use a lock");
    }
  }

  private static List<PublishedModule> backends() {
    List<PublishedModule> backends = PUBLISHED.stream().filter(PublishedModule::isBackend).toList();
    assertFalse(backends.isEmpty(), "a rule about nothing");
    return backends;
  }

  /** Everything but the command. */
  private static List<PublishedModule> libraries() {
    return PUBLISHED.stream()
        .filter(module -> !module.artifact().equals("connection-cli"))
        .toList();
  }

  private static JavaClasses classes(Collection<PublishedModule> modules) {
    return new ClassFileImporter()
        .importPaths(modules.stream().map(PublishedModule::classes).toList());
  }

  private static Set<String> packages(Predicate<PublishedModule> which) {
    return all(PublishedModule::packages, PUBLISHED.stream().filter(which));
  }

  private static Set<String> moduleNames(Predicate<PublishedModule> which) {
    return all(module -> Set.of(module.descriptor().name()), PUBLISHED.stream().filter(which));
  }

  private static Set<String> all(
      Function<PublishedModule, Set<String>> what, Stream<PublishedModule> modules) {
    return modules.map(what).flatMap(Set::stream).collect(Collectors.toSet());
  }

  private static Set<String> requiredBeyondTheJdk(PublishedModule module) {
    return module.descriptor().requires().stream()
        .map(ModuleDescriptor.Requires::name)
        .filter(name -> !name.startsWith("java.") && !name.startsWith("jdk."))
        .collect(Collectors.toSet());
  }

  private static Set<String> providerPackages(PublishedModule module) {
    return module.descriptor().provides().stream()
        .flatMap(provided -> provided.providers().stream())
        .map(provider -> provider.substring(0, provider.lastIndexOf('.')))
        .collect(Collectors.toSet());
  }
}
