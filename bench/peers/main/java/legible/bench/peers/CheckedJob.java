package legible.bench.peers;

import legible.bench.protocol.Job;

/// A job out of what it does and what tells that it did it.
record CheckedJob(Action action, double check) implements Job {
  @Override
  public void run() throws Exception {
    action.run();
  }

  /// What may fail as the peers' methods do.
  interface Action {
    void run() throws Exception;
  }
}
