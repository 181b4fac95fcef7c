package io.psconnect.winrm.internal.wsman;

/**
 * A SOAP message to the host.
 *
 * @param id which the answer's RelatesTo repeats; empty for one that has none
 * @param envelope in UTF-8
 */
public record Message(String id, byte[] envelope) {}
