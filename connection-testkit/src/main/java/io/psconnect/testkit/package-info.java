/**
 * A host that is none, for unit tests: {@link io.psconnect.testkit.FakeRunner} and {@link
 * io.psconnect.testkit.FakeConnection} stand in for what the code under test is given, {@link
 * io.psconnect.testkit.ScriptedPowerShell} for the PowerShell behind a backend.
 *
 * <p>Rules say what is answered:
 *
 * <pre>{@code
 * FakeRunner runner = new FakeRunner();
 * runner.whenScriptContains("Get-VM").thenReturn(Result.of(0, "build01\n", ""));
 * }</pre>
 *
 * <h2>Which rule answers</h2>
 *
 * <ol>
 *   <li>Among the substrings that the script contains the longest: it says the most about the
 *       script.
 *   <li>If none fits, a predicate that holds: so a predicate can be the rule for all the rest.
 *   <li>Among equals the one that was registered last: a test can override what its set-up said.
 *   <li>If there is none the call ends with an {@link java.lang.AssertionError} that shows how the
 *       script begins and lists the rules.
 * </ol>
 *
 * <p>A rule's answers are given in turn; the last one stays. Everything may be used by many
 * threads; one rule is put together by one thread. Nulls are as in {@link io.psconnect}. Neither
 * JUnit nor another library is needed.
 */
package io.psconnect.testkit;
