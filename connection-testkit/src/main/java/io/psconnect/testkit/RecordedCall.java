package io.psconnect.testkit;

/** A call that a fake was given: a script, or a file copy. */
public sealed interface RecordedCall permits RecordedScript, RecordedCopy {}
