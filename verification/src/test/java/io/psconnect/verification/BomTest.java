package io.psconnect.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The bill of materials is what it says: every published artifact, and nothing else. */
class BomTest {
  private static final String MANAGED = "/project/dependencyManagement/dependencies/dependency";

  private final XmlFile bom = XmlFile.read(Reactor.root().resolve("bom/pom.xml"));

  @Test
  void managesEveryPublishedModuleAndNothingElse() {
    List<String> published =
        Reactor.published().stream().map(PublishedModule::artifact).sorted().toList();

    assertTrue(published.contains("connection-api"), published.toString());
    assertEquals(published, bom.texts(MANAGED + "/artifactId").sorted().toList());
  }

  @Test
  void hasTheVersionOfTheBuildForEachOfThem() {
    assertEquals(Reactor.pom().version(), bom.version());
    assertEquals(List.of("${project.version}"), distinct(MANAGED + "/version"));
    assertEquals(List.of("io.psconnect"), distinct(MANAGED + "/groupId"));
  }

  @Test
  void bringsNothingToWhoeverImportsIt() {
    assertEquals(
        List.of(), bom.texts("/project/parent").toList(), "a parent's management comes with it");
    assertEquals(List.of(), bom.texts("/project/dependencies").toList());
    assertEquals(List.of(), bom.texts(MANAGED + "/scope | " + MANAGED + "/exclusions").toList());
  }

  private List<String> distinct(String path) {
    return bom.texts(path).distinct().toList();
  }
}
