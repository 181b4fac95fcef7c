/**
 * Arbitraries for property tests with jqwik 1.9: script text, standard input and CLIXML. Who uses
 * this package brings {@code net.jqwik:jqwik}. Nulls are as in {@link io.psconnect}.
 */
package io.psconnect.testkit.arbitraries;
