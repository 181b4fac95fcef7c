package io.psconnect.testkit;

import io.psconnect.ConnectionTimeoutException;
import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.Termination;
import io.psconnect.spi.DurationText;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
