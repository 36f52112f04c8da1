package dev.millrace.chaos;

import java.time.Duration;

/** What can go wrong while records come. Each is over when the run goes on. */
enum Fault {
  /** {@code kill -9} of a TaskManager that works. */
  KILL_TASK_MANAGER {
    @Override
    void strike(Scene scene) throws Exception {
      scene.stack().kill(scene.stack().busyTaskManager());
      scene.stack().up();
    }
  },
  /** {@code kill -9} of the broker, which is started again. */
  KILL_BROKER {
    @Override
    void strike(Scene scene) throws Exception {
      scene.stack().kill("kafka");
      scene.stack().up();
    }
  },
  /** {@code kill -9} of the JobManager; somebody has the run go on from its last checkpoint. */
  KILL_JOB_MANAGER {
    @Override
    void strike(Scene scene) throws Exception {
      scene.job().awaitCheckpoint();
      scene.stack().kill("jobmanager");
      scene.stack().up();
      scene.job().resume(scene.job().lastCheckpoint());
    }
  },
  /** The database is away for 20 seconds. */
  STOP_DATABASE {
    @Override
    void strike(Scene scene) throws Exception {
      scene.database().stop();
      Patience.wait(Duration.ofSeconds(20));
      scene.database().start();
    }
  },
  /** A TaskManager stands still for 30 seconds, and then goes on as if nothing had happened. */
  FREEZE_TASK_MANAGER {
    @Override
    void strike(Scene scene) throws Exception {
      long frozen = scene.stack().freeze(scene.stack().busyTaskManager());
      Patience.wait(Duration.ofSeconds(30));
      scene.stack().thaw(frozen);
    }
  },
  /** The disk of the checkpoints is full until one has failed. */
  FILL_CHECKPOINT_DISK {
    @Override
    void strike(Scene scene) throws Exception {
      scene.checkpointDisk().fill();
      scene.job().awaitFailedCheckpoint();
      scene.checkpointDisk().free();
    }
  },
  /** The run is stopped with a savepoint, and goes on from it with another parallelism. */
  RESCALE {
    @Override
    void strike(Scene scene) throws Exception {
      String savepoint = scene.job().stop();
      scene.job().resume(savepoint, scene.job().parallelism() == 2 ? 3 : 2);
    }
  };

  /** Has it happen, and ends it. */
  abstract void strike(Scene scene) throws Exception;
}
