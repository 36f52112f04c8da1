package dev.millrace.stages.window;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.beam.sdk.util.VarInt;

/**
 * What the records of one window and one shard add up to, by group: put together from blocks, in
 * any order.
 *
 * <p>A block: what kind it is (a byte), then its groups, each with its key (length as a varint,
 * bytes), the number of panes that it has had (varint) and its totals (see {@link TotalsCoder}).
 */
final class PaneGroups {
  /** The kind of a block of what came before the watermark had passed the window's end. */
  static final byte ON_TIME = 0;

  /** The kind of a block of what came after that. */
  static final byte LATE = 1;

  /** The kind of the block that the last pane was made of. */
  static final byte FIRED = 2;

  /** A group, with what has become of it since its last pane. */
  static final class Group {
    private final byte[] key;
    private final Totals totals;
    private int panes;
    private boolean onTime;
    private boolean changed;

    private Group(byte[] key, Totals totals) {
      this.key = key;
      this.totals = totals;
    }

    byte[] key() {
      return key;
    }

    Totals totals() {
      return totals;
    }

    /** How many panes it has had. */
    int panes() {
      return panes;
    }

    /** Whether its next pane is the one that is on time. */
    boolean isOnTime() {
      return onTime && panes == 0;
    }

    /** Whether records have come since its last pane. */
    boolean isChanged() {
      return changed;
    }
  }

  private final AggregatePlan plan;
  private final TotalsCoder coder;
  private final Map<ByteBuffer, Group> groups = new LinkedHashMap<>();

  private PaneGroups(AggregatePlan plan) {
    this.plan = plan;
    this.coder = plan.totalsCoder();
  }

  static PaneGroups of(Iterable<byte[]> blocks, AggregatePlan plan) {
    PaneGroups groups = new PaneGroups(plan);
    for (byte[] block : blocks) {
      groups.add(block);
    }
    return groups;
  }

  private void add(byte[] block) {
    byte kind = block[0];
    ByteArrayInputStream bytes = new ByteArrayInputStream(block, 1, block.length - 1);
    DataInputStream data = new DataInputStream(bytes);
    try {
      while (bytes.available() > 0) {
        byte[] key = data.readNBytes(VarInt.decodeInt(data));
        Group group = find(key);
        group.panes += VarInt.decodeInt(data);
        group.totals.merge(coder.decode(data));
        group.onTime |= kind == ON_TIME;
        group.changed |= kind != FIRED;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Group find(byte[] key) {
    return groups.computeIfAbsent(
        ByteBuffer.wrap(key), unknown -> new Group(key, Totals.none(plan.measures())));
  }

  Collection<Group> all() {
    return groups.values();
  }

  /** Whether there has been a pane. */
  boolean haveFired() {
    return groups.values().stream().anyMatch(group -> group.panes > 0);
  }

  /** All of them as the block that the last pane, which is now, was made of. */
  byte[] fired() {
    ByteArrayOutputStream bytes = block(FIRED);
    for (Group group : groups.values()) {
      write(group.key, group.changed ? group.panes + 1 : group.panes, group.totals, coder, bytes);
    }
    return bytes.toByteArray();
  }

  /** All of them as a block of what was on time, before any pane. */
  byte[] onTime() {
    ByteArrayOutputStream bytes = block(ON_TIME);
    for (Group group : groups.values()) {
      write(group.key, 0, group.totals, coder, bytes);
    }
    return bytes.toByteArray();
  }

  /** The begin of a block. */
  static ByteArrayOutputStream block(byte kind) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(kind);
    return bytes;
  }

  /** Adds a group to a block. */
  static void write(
      byte[] key, int panes, Totals totals, TotalsCoder coder, ByteArrayOutputStream block) {
    try {
      VarInt.encode(key.length, block);
      block.write(key);
      VarInt.encode(panes, block);
      coder.encode(totals, new DataOutputStream(block));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says of a block that it came late. */
  static byte[] late(byte[] block) {
    byte[] late = block.clone();
    late[0] = LATE;
    return late;
  }
}
