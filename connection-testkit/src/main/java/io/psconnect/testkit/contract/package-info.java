/**
 * The contract of a connection as a JUnit suite that any backend runs.
 *
 * <p>A backend's tests extend {@link io.psconnect.testkit.contract.ConnectionContract}, which asks
 * for a connection and for a folder on the host. Each rule has an id and a reason; what a backend
 * or its host cannot do is named in {@link
 * io.psconnect.testkit.contract.ConnectionContract#missing()} and is skipped for that reason.
 *
 * <p>JUnit 5 or later has to be on the path of whoever uses this package. What {@link io.psconnect}
 * says of nulls holds here too.
 */
package io.psconnect.testkit.contract;
