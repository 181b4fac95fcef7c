package io.psconnect.ssh;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** A call that goes on beside the test. */
final class Attempt<T> {
  private final FutureTask<T> task;
  private final Thread thread;

  private Attempt(Callable<T> call) {
    task = new FutureTask<>(call);
    thread = new Thread(task, "attempt");
    thread.setDaemon(true);
  }

  static <T> Attempt<T> start(Callable<T> call) {
    Attempt<T> attempt = new Attempt<>(call);
    attempt.thread.start();
    return attempt;
  }

  T answer() throws Exception {
    return task.get(100, TimeUnit.SECONDS);
  }

  <E extends Exception> E failure(Class<E> type) throws Exception {
    try {
      throw new AssertionError("no failure, but " + answer());
    } catch (ExecutionException e) {
      return assertInstanceOf(type, e.getCause());
    }
  }

  void interrupt() {
    thread.interrupt();
  }
}
