package io.psconnect.json.closed;

/** A record in a package that no module has access to by reflection. */
public record ClosedVm(String name) {}
