/**
 * A WinRM server in this process, for tests: {@link io.psconnect.testkit.winrm.WinRmHost}.
 *
 * <p>It needs HttpCore ({@code org.apache.httpcomponents.core5:httpcore5}), which the test kit does
 * not bring, and which its other packages do not need. On the module path nothing resolves it by
 * itself: who uses this package requires {@code org.apache.httpcomponents.core5.httpcore5}. Nulls
 * are as in {@link io.psconnect}.
 */
package io.psconnect.testkit.winrm;
