package com.example.managehosts;

import io.psconnect.Connection;
import io.psconnect.ConnectionException;
import io.psconnect.Connections;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Reads hosts from a properties file, a name and a URI each, and asks each for its PowerShell. */
public final class ManageHosts {
  private static final String QUESTION = "\"PowerShell $($PSVersionTable.PSVersion.Major)\"";

  private ManageHosts() {}

  public static void main(String[] args) throws Exception {
    for (Map.Entry<String, String> host : hosts(Path.of(args[0])).entrySet()) {
      System.out.println(host.getKey() + ": " + answer(host.getValue()));
    }
  }

  private static Map<String, String> hosts(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    Map<String, String> hosts = new TreeMap<>();
    properties.stringPropertyNames().forEach(name -> hosts.put(name, properties.getProperty(name)));
    return hosts;
  }

  private static String answer(String uri) throws InterruptedException {
    try (Connection connection = Connections.open(uri)) {
      return connection.runScript(QUESTION).stdout().strip();
    } catch (ConnectionException e) {
      return e.getMessage();
    }
  }
}
