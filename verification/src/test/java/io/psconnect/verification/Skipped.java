package io.psconnect.verification;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/** A test that did not run, and why, from the reports of the build. */
record Skipped(String name, String reason) {

  /** Of every module that ran its tests before this one. */
  static Stream<Skipped> inBuild() {
    return Reactor.testReports().flatMap(Skipped::in);
  }

  static Stream<Skipped> in(Path reports) {
    return Reactor.filesUnder(reports, ".xml").stream()
        .flatMap(report -> XmlFile.read(report).nodes("/testsuite/testcase/skipped"))
        .map(skipped -> of((Element) skipped.getParentNode(), (Element) skipped));
  }

  private static Skipped of(Element test, Element skipped) {
    String name = test.getAttribute("classname") + "." + test.getAttribute("name");
    return new Skipped(name, reason(skipped));
  }

  /** A disabled test has its reason in an attribute, a failed assumption in a stack trace. */
  private static String reason(Element skipped) {
    return skipped.hasAttribute("message")
        ? skipped.getAttribute("message")
        : skipped
            .getTextContent()
            .replaceFirst("^\\s*[\\w.]*TestAbortedException: ", "")
            .replaceFirst("^Assumption failed: ", "")
            .replaceFirst("(?s)\\R.*", "");
  }

  @Override
  public String toString() {
    return name + ": " + reason;
  }
}
