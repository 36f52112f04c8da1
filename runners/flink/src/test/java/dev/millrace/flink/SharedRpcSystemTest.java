package dev.millrace.flink;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.rpc.RpcService;
import org.apache.flink.runtime.rpc.RpcSystem;
import org.junit.jupiter.api.Test;

class SharedRpcSystemTest {
  private final Configuration configuration = new Configuration();

  @Test
  void isWhatFlinkLoads_andServesOneClusterAfterAnother() throws Exception {
    Class<?> first = serviceOf(RpcSystem.load(configuration));

    Class<?> second = serviceOf(RpcSystem.load(configuration));

    assertThat("classes loaded once", second == first, is(true));
  }

  private Class<?> serviceOf(RpcSystem system) throws Exception {
    try (system) {
      RpcService service = system.localServiceBuilder(configuration).createAndStart();
      try {
        assertThat(service.getScheduledExecutor(), notNullValue());
        return service.getClass();
      } finally {
        service.closeAsync().get();
      }
    }
  }
}
