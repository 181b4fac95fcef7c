/**
 * Calls of PowerShell scripts with objects, over any {@link io.psconnect.Runner}.
 *
 * <p>{@link io.psconnect.json.JsonRunner} says how. No argument may be {@code null} unless it says
 * so.
 */
package io.psconnect.json;
