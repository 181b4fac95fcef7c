package io.psconnect.verification;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/** A test that failed, and passed when it was tried again, from the reports of the build. */
record Flaky(String testClass, String test, String failure) {

  /** Of every module that ran its tests before this one. */
  static Stream<Flaky> inBuild() {
    return Reactor.testReports().flatMap(Flaky::in);
  }

  static Stream<Flaky> in(Path reports) {
    return Reactor.filesUnder(reports, ".xml").stream()
        .map(XmlFile::read)
        .flatMap(
            report ->
                Stream.of("flakyFailure", "flakyError")
                    .flatMap(kind -> report.nodes("/testsuite/testcase/" + kind)))
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
