/** What the hosts for tests have in common: command lines, their processes, threads. */
package io.psconnect.testkit.host;
