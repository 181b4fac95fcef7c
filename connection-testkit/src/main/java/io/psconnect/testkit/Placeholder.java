package io.psconnect.testkit;

/** Placeholder until the test kit is written. */
final class Placeholder {
  private Placeholder() {}
}
