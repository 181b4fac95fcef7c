package io.psconnect.testkit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Runner;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where there is nothing but the JDK, the API and the test kit. */
class FakesAloneTest {
  private final URLClassLoader alone =
      new URLClassLoader(
          new URL[] {place(Runner.class), place(FakeRunner.class)},
          ClassLoader.getPlatformClassLoader());

  private static URL place(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }

  @AfterEach
  void close() throws Exception {
    alone.close();
  }

  @Test
  void theFakeRunnerAnswers() throws Exception {
    Class<?> type = alone.loadClass(FakeRunner.class.getName());
    Object runner = type.getConstructor().newInstance();

    Exception failure =
        assertThrows(
            InvocationTargetException.class,
            () -> type.getMethod("runScript", String.class).invoke(runner, "x"));

    assertEquals(AssertionError.class, failure.getCause().getClass());
  }

  @Test
  void everyClassBesideTheFakesCanBeLoadedWithAllThatItMentions() throws Exception {
    List<String> names = classNames();
    assertTrue(names.contains(ScriptedPowerShell.class.getName()), names.toString());

    for (String name : names) {
      Class<?> type = Class.forName(name, true, alone);
      assertDoesNotThrow(type::getDeclaredMethods, name);
      assertDoesNotThrow(type::getDeclaredFields, name);
    }
  }

  private static List<String> classNames() throws Exception {
    String folder = FakeRunner.class.getPackageName().replace('.', File.separatorChar);
    try (Stream<Path> files =
        Files.list(Path.of(place(FakeRunner.class).toURI()).resolve(folder))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
          .map(name -> FakeRunner.class.getPackageName() + "." + name.replace(".class", ""))
          .toList();
    }
  }
}
