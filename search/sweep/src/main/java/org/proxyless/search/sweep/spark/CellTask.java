package org.proxyless.search.sweep.spark;

import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.resource.ResourceInformation;
import org.proxyless.search.sweep.cell.CellCommand;
import org.proxyless.search.sweep.cell.CellOutcome;
import org.proxyless.search.sweep.cell.Place;

/**
 * What an executor does: runs a cell's program, with the GPUs that Spark gave the task. Sent there,
 * so it knows nothing but Spark and {@code ..sweep.cell..}.
 */
final class CellTask implements Function<CellCommand, CellOutcome> {
  private static final long serialVersionUID = 1;

  @Override
  public CellOutcome call(CellCommand command) throws InterruptedException {
    SparkEnv environment = SparkEnv.get();
    Place here =
        new Place(environment.blockManager().blockManagerId().host(), environment.executorId());
    ResourceInformation gpus = TaskContext.get().resourcesJMap().get(SparkCluster.GPU);
    CellCommand bound =
        gpus == null
            ? command
            : command.with("CUDA_VISIBLE_DEVICES", String.join(",", List.of(gpus.addresses())));
    return bound.execute(here);
  }
}
