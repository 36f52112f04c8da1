package dev.millrace.flink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
 * loader of that cluster's, which is then closed. Of a short run after others that is half of the
 * CPU time. The services that are made with it belong to a cluster, and end with it, as before.
 *
 * <p>Flink finds this by Java's service loader, and takes the loader of the lowest priority.
 */
public final class SharedRpcSystem implements RpcSystemLoader {
  private static final int AHEAD_OF_FLINKS_OWN = -1;

  /** Unpacked and loaded by whoever needs it first. */
  private static final class Loaded {
    private static final RpcSystem SYSTEM = load();

    private static RpcSystem load() {
      try {
        Path folder = Files.createTempDirectory("millrace-flink-rpc");
        Configuration there = new Configuration();
        there.set(CoreOptions.TMP_DIRS, folder.toString());
        RpcSystem system = new PekkoRpcSystemLoader().loadRpcSystem(there);
        deleteAtExit(folder);
        return system;
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot unpack Flink's RPC system: " + e.getMessage(), e);
      }
    }

    /** What was registered last is deleted first. */
    private static void deleteAtExit(Path folder) throws IOException {
      folder.toFile().deleteOnExit();
      try (var files = Files.list(folder)) {
        List<Path> unpacked = files.toList();
        unpacked.forEach(file -> file.toFile().deleteOnExit());
      }
    }
  }

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

  @Override
  public RpcSystem loadRpcSystem(Configuration configuration) {
    return new Shared(Loaded.SYSTEM);
  }
}
