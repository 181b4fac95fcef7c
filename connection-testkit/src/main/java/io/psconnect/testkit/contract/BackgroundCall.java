package io.psconnect.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A call on a thread of its own, for rules that look at it, or interfere, while it is under way.
 */
final class BackgroundCall<T> {
  private final FutureTask<T> task;
  private final Thread thread;

  private BackgroundCall(ThreadGroup group, Callable<T> call) {
    task = new FutureTask<>(call);
    thread = new Thread(group, task, "contract-call");
    thread.setDaemon(true);
  }

  static <T> BackgroundCall<T> start(Callable<T> call) {
    return start(Thread.currentThread().getThreadGroup(), call);
  }

  static <T> BackgroundCall<T> start(ThreadGroup group, Callable<T> call) {
    BackgroundCall<T> background = new BackgroundCall<>(group, call);
    background.thread.start();
    return background;
  }

  void interrupt() {
    thread.interrupt();
  }

  /** The call's answer, within this time. */
  T answer(Duration limit) throws Exception {
    try {
      return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return fail("the call did not end within " + limit);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw (Error) e.getCause();
    }
  }

  /** What the call failed with, within this time. */
  <X extends Throwable> X failure(Class<X> expected, Duration limit) {
    return assertThrows(expected, () -> answer(limit));
  }
}
