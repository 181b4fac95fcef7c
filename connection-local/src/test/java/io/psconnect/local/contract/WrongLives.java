package io.psconnect.local.contract;

import io.psconnect.Connection;
import io.psconnect.ConnectionException;
import io.psconnect.Health;
import io.psconnect.Result;
import io.psconnect.Script;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Connections that are opened, used, described or closed in a wrong way. */
final class WrongLives {
  private WrongLives() {}

  static Connection openingOnce(Connection right) {
    return new Forwarding(right) {
      private boolean open;

      @Override
      public void open() throws ConnectionException, InterruptedException {
        require(!open, "already open");
        open = true;
        super.open();
      }
    };
  }

  static Connection closingOnce(Connection right) {
    return new Forwarding(right) {
      private boolean closed;

      @Override
      public void close() {
        require(!closed, "already closed");
        closed = true;
        super.close();
      }
    };
  }

  static Connection closingOnlyWhatIsOpen(Connection right) {
    return new Forwarding(right) {
      private boolean open;

      @Override
      public void open() throws ConnectionException, InterruptedException {
        super.open();
        open = true;
      }

      @Override
      public void close() {
        require(open, "not open");
        super.close();
      }
    };
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalStateException(message);
    }
  }

  static Connection openingByItself(Connection right) {
    return new Forwarding(right) {
      @Override
      public Result runScript(Script script) throws ConnectionException, InterruptedException {
        open();
        return super.runScript(script);
      }
    };
  }

  static Connection neverClosing(Connection right) {
    return new Forwarding(right) {
      @Override
      public void close() {}
    };
  }

  static Connection openingAgain(Connection right) {
    return new Forwarding(right) {
      private boolean opened;

      @Override
      public void open() throws ConnectionException, InterruptedException {
        if (!opened) {
          super.open();
        }
        opened = true;
      }
    };
  }

  static Connection guessingHealth(Connection right) {
    return new Forwarding(right) {
      @Override
      public Health healthcheck() {
        return new Health("5.1.0.0", "Desktop", "Windows", Duration.ZERO);
      }
    };
  }

  static Connection named(Connection right) {
    return new Forwarding(right) {
      @Override
      public String backend() {
        return "other";
      }
    };
  }

  static Connection leavingThread(Connection right) {
    return new Forwarding(right) {
      @Override
      public void open() throws ConnectionException, InterruptedException {
        super.open();
        Thread thread = new Thread(() -> LockSupport.parkNanos(60_000_000_000L), "left behind");
        thread.setDaemon(true);
        thread.start();
      }
    };
  }

  /** Takes anything that the default methods would refuse. */
  static Connection careless(Connection right) {
    return new Forwarding(right) {
      @Override
      public Result runScript(String text) throws ConnectionException, InterruptedException {
        return text.isEmpty() ? Result.of(0, "", "") : super.runScript(text);
      }

      @Override
      public void streamFile(Path source, String target) {}
    };
  }

  static Connection describingItsLastScript(Connection right) {
    return new Forwarding(right) {
      private String last = "";

      @Override
      public Result runScript(Script script) throws ConnectionException, InterruptedException {
        last = script.text();
        return super.runScript(script);
      }

      @Override
      public String toString() {
        return "Connection[last script: %s]".formatted(last);
      }
    };
  }
}
