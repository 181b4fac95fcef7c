package io.psconnect.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.psconnect.verification.fixture.alpha.Alpha;
import io.psconnect.verification.fixture.alpha.internal.Hidden;
import io.psconnect.verification.fixture.beta.Beta;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Each rule catches the code in {@code fixture} that breaks it: a rule that cannot fail holds
 * nothing.
 */
class ArchitectureRulesTest {
  private static final String FIXTURE = "io.psconnect.verification.fixture";
  private static final String ALPHA = Alpha.class.getPackageName();
  private static final String HIDDEN = Hidden.class.getPackageName();
  private static final String BETA = Beta.class.getPackageName();

  @Test
  void backendThatUsesAnotherIsCaught() {
    assertCaught(
        ArchitectureRules.independent(List.of(ALPHA), List.of(BETA)), "Alpha.of", "beta.Beta");
  }

  @Test
  void hiddenTypeInAPublicSignatureIsCaught() {
    ArchRule rule = ArchitectureRules.presentable(List.of(ALPHA, HIDDEN), List.of(ALPHA));

    assertCaught(rule, "Alpha.all() shows " + Hidden.class.getName());
    assertCaught(rule, "Alpha.narrow() shows " + ALPHA + ".NotPublic");
  }

  @Test
  void cycleOfPackagesIsCaught() {
    assertCaught(ArchitectureRules.acyclic(), "Cycle detected", "cycle.one", "cycle.two");
  }

  @Test
  void printingIsCaught() {
    assertCaught(ArchitectureRules.quiet(), "Beta.shout", "java.lang.System.out");
  }

  @Test
  void javaUtilLoggingIsCaught() {
    assertCaught(
        ArchitectureRules.withoutJavaUtilLogging(), "Beta.log", "java.util.logging.Logger");
  }

  @Test
  void nameThatSaysNothingIsCaught() {
    assertCaught(ArchitectureRules.namedForWhatTheyAre(), "alpha.AlphaUtil");
  }

  @Test
  void synchronizedMethodsAndBlocksAreCaught() throws URISyntaxException {
    Path file = Path.of(Beta.class.getResource("Beta.class").toURI());

    String type = "public final class %s { ".formatted(Beta.class.getName());
    assertEquals(
        List.of(
            type + "public synchronized void method();", type + "public java.lang.Object block();"),
        Monitors.takenIn(List.of(file)));
  }

  private static void assertCaught(ArchRule rule, String... parts) {
    AssertionError caught =
        assertThrows(
            AssertionError.class,
            () -> rule.check(new ClassFileImporter().importPackages(FIXTURE)));
    for (String part : parts) {
      assertTrue(caught.getMessage().contains(part), () -> part + " is not in: " + caught);
    }
  }
}
