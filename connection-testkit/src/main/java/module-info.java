/** Fakes for unit tests, the contract suite for backends, and arbitraries for property tests. */
module io.psconnect.testkit {
  requires transitive io.psconnect;
  requires static org.junit.jupiter.api;
  requires static net.jqwik.api;

  exports io.psconnect.testkit;
}
