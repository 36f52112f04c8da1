package dev.millrace.flink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.runtime.rpc.AddressResolution;
import org.apache.flink.runtime.rpc.RpcSystem;
import org.apache.flink.runtime.rpc.RpcSystemLoader;
import org.apache.flink.runtime.rpc.pekko.PekkoRpcSystemLoader;

/**
 * Loads Flink's RPC system once for all embedded clusters of this process.
 *
 * <p>Flink unpacks it (a jar of 20 MB) for each cluster and loads its 1,500 classes by a class
 * loader of that cluster's, so that they are compiled anew, too. The services that are made with it
 * belong to a cluster, and end with it, as before.
 *
 * <p>Flink finds this by Java's service loader, and takes the loader of the lowest priority.
 */
public final class SharedRpcSystem implements RpcSystemLoader {
  private static final int AHEAD_OF_FLINKS_OWN = -1;

  private static RpcSystem loaded;

  /** What a cluster closes is its own; what is shared stays open. */
  private record Shared(RpcSystem system) implements RpcSystem {
    @Override
    public RpcServiceBuilder localServiceBuilder(Configuration configuration) {
      return system.localServiceBuilder(configuration);
    }

    @Override
    public RpcServiceBuilder remoteServiceBuilder(
        Configuration configuration, String externalAddress, String externalPortRange) {
      return system.remoteServiceBuilder(configuration, externalAddress, externalPortRange);
    }

    @Override
    public String getRpcUrl(
        String host, int port, String endpoint, AddressResolution resolution, Configuration config)
        throws UnknownHostException {
      return system.getRpcUrl(host, port, endpoint, resolution, config);
    }

    @Override
    public InetSocketAddress getInetSocketAddressFromRpcUrl(String url) throws Exception {
      return system.getInetSocketAddressFromRpcUrl(url);
    }

    @Override
    public long getMaximumMessageSizeInBytes(Configuration configuration) {
      return system.getMaximumMessageSizeInBytes(configuration);
    }
  }

  @Override
  public int getLoadPriority() {
    return AHEAD_OF_FLINKS_OWN;
  }

  /** If it can't be, Flink says why, and tries its own loader. */
  @Override
  public RpcSystem loadRpcSystem(Configuration configuration) {
    try {
      return new Shared(loaded());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot unpack Flink's RPC system: " + e.getMessage(), e);
    }
  }

  private static synchronized RpcSystem loaded() throws IOException {
    if (loaded == null) {
      Path folder = Files.createTempDirectory("millrace-flink-rpc");
      folder.toFile().deleteOnExit();
      Configuration there = new Configuration();
      there.set(CoreOptions.TMP_DIRS, folder.toString());
      loaded = new PekkoRpcSystemLoader().loadRpcSystem(there);
      deleteAtExit(folder);
    }
    return loaded;
  }

  /** Before the folder, for what was registered last is deleted first. */
  private static void deleteAtExit(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      files.forEach(file -> file.toFile().deleteOnExit());
    }
  }
}
