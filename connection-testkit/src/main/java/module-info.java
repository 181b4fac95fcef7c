/**
 * Fakes for unit tests, the contract suite for backends, and arbitraries for property tests.
 *
 * <p>Each package brings what it needs: {@link io.psconnect.testkit} nothing but the API, {@link
 * io.psconnect.testkit.contract} JUnit, {@link io.psconnect.testkit.arbitraries} jqwik. Both are
 * optional, so that who uses a fake alone needs neither.
 */
module io.psconnect.testkit {
  requires transitive io.psconnect;
  requires static org.junit.jupiter.api;
  requires static net.jqwik.api;

  exports io.psconnect.testkit;
  exports io.psconnect.testkit.arbitraries;
  exports io.psconnect.testkit.contract;

  // JUnit makes the conditions and calls the rules.
  opens io.psconnect.testkit.contract;
}
