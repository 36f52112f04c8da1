package dev.millrace.io.files;

import dev.millrace.record.RawBlock;
import java.io.Serializable;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.transforms.display.HasDisplayData;

/** A read that goes on for ever, and can begin where another one ends: see {@link SpliceFiles}. */
public interface LiveRead extends HasDisplayData, Serializable {
  /** What is read, as it is at launch. */
  UnboundedSource<RawBlock, ?> source();
}
