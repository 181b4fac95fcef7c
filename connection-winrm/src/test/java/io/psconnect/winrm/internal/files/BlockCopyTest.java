package io.psconnect.winrm.internal.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.psconnect.FileCopy;
import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.spi.Deadline;
import io.psconnect.spi.OutputSink;
import io.psconnect.spi.RemoteProcess;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BlockCopyTest {
  private static final OutOfMemoryError FULL = new OutOfMemoryError("test");

  private final ConcurrentLinkedQueue<FullHeapProcess> started = new ConcurrentLinkedQueue<>();

  @TempDir private Path folder;

  /** It is none of the host's doing: no {@link io.psconnect.FileCopyException}. */
  @Test
  void aFullHeapComesOutWhenTheProcessesHaveBeenGivenUp() throws Exception {
    Path source = Files.write(folder.resolve("source"), new byte[3 << 20]);
    FileCopy copy = FileCopy.of(source, "/tmp/target");
    BlockCopy blocks = new BlockCopy(copy, new Host(), Deadline.after(Duration.ofMinutes(1)));
    assertSame(FULL, assertThrows(OutOfMemoryError.class, blocks::run));
    assertEquals(List.of(), started.stream().filter(one -> !one.exitCode.isDone()).toList());
  }

  private final class Host implements CopyHost {
    @Override
    public Origin origin() {
      return new Origin("winrm", "test", Phase.COPY);
    }

    @Override
    public int argumentBudget() {
      return 1 << 13;
    }

    @Override
    public RemoteProcess start(List<String> arguments, OutputSink output, Deadline deadline) {
      FullHeapProcess process = new FullHeapProcess();
      started.add(process);
      return process;
    }

    @Override
    public RemoteProcess startMore(List<String> arguments, OutputSink output, Deadline deadline) {
      return start(arguments, output, deadline);
    }
  }

  /** Whoever writes to it finds the heap full; it ends with its input. */
  private static final class FullHeapProcess implements RemoteProcess {
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();

    @Override
    public OutputStream stdin() {
      return new OutputStream() {
        @Override
        public void write(int single) {
          throw FULL;
        }

        @Override
        public void close() {
          exitCode.complete(1);
        }
      };
    }

    @Override
    public CompletableFuture<Integer> exitCode() {
      return exitCode;
    }

    @Override
    public CompletableFuture<Void> outputEnd() {
      return exitCode.thenApply(code -> null);
    }

    @Override
    public boolean kill(Duration grace) {
      return exitCode.complete(1);
    }

    @Override
    public void close() {
      kill(Duration.ZERO);
    }
  }
}
