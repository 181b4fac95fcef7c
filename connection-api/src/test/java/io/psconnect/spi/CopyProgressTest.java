package io.psconnect.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.psconnect.ConnectionTimeoutException;
import io.psconnect.FileCopy;
import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.Termination;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopyProgressTest {
  private static final Origin ORIGIN = new Origin("fake", "host", Phase.COPY);

  private FileCopy copy;

  @BeforeEach
  void makeSource(@TempDir Path folder) throws Exception {
    copy = FileCopy.of(Files.createFile(folder.resolve("a.bin")), "C:\\a.bin");
  }

  private static CopyProgress progress(FileCopy copy) {
    return new CopyProgress(copy, ORIGIN, Deadline.after(Duration.ofSeconds(3)));
  }

  @Test
  void listenerHearsOfWhatIsNew() {
    List<Long> heard = new ArrayList<>();
    CopyProgress progress = progress(copy.withListener((now, total) -> heard.add(now)));
    for (long now : new long[] {0, 1, 1, 3, 2, 4}) {
      progress.report(now, 4);
    }
    assertEquals(List.of(1L, 3L, 4L), heard);
  }

  @Test
  void targetIsAsItWasUntilTheHostMayHaveRenamed() {
    CopyProgress progress = progress(copy);
    assertEquals(ScriptState.NOT_STARTED, progress.timedOut(true).scriptState());
    progress.finishing();
    ConnectionTimeoutException late = progress.timedOut(false);
    assertEquals(ScriptState.MAY_HAVE_RUN, late.scriptState());
    assertEquals(Termination.UNCONFIRMED, late.termination());
    assertEquals(
        ORIGIN + ": interrupted; C:\\a.bin is as it was, or the new file",
        progress.interrupted().getMessage());
  }

  @Test
  void whatMayBeLeftIsNamed() {
    SessionDroppedException lost =
        progress(copy).lost("the session was lost", ".1.part", new IOException("reset"));
    assertEquals(ScriptState.NOT_STARTED, lost.scriptState());
    assertEquals(
        ORIGIN
            + ": the session was lost; C:\\a.bin is as it was, and a file .1.part may have been left"
            + " beside it",
        lost.getMessage());
  }
}
