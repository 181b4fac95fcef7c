/** A unit test of somebody who has neither JUnit nor jqwik. */
module application {
  requires io.psconnect.testkit;
}
