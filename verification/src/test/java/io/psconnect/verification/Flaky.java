package io.psconnect.verification;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/** A test that failed, and passed when it was tried again, from the reports of the build. */
record Flaky(String testClass, String test, String failure) {
  private static final String FAILURES =
      "/testsuite/testcase/flakyFailure | /testsuite/testcase/flakyError";

  /** Of every module that ran its tests before this one. */
  static Stream<Flaky> inBuild() {
    return Reactor.testReports().flatMap(Flaky::in);
  }

  static Stream<Flaky> in(Path reports) {
    return Reactor.filesUnder(reports, ".xml").stream()
        .flatMap(report -> XmlFile.read(report).nodes(FAILURES))
        .map(failure -> of((Element) failure.getParentNode(), (Element) failure));
  }

  private static Flaky of(Element test, Element failure) {
    return new Flaky(
        test.getAttribute("classname"),
        test.getAttribute("name"),
        failure.getAttribute("type") + ": " + failure.getAttribute("message"));
  }

  boolean runsOnWine() {
    return testClass.matches(".*\\.\\w*(Wine|Windows)\\w*");
  }

  @Override
  public String toString() {
    return testClass + "." + test + ": " + failure;
  }
}
