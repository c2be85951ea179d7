package firstspike.emulator.analog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which node stands at which place of which group of the lane. A node that comes in for the first time joins the group of
 * its hemisphere that holds most of what the present event reached, so that the nodes of a layer come together. Owned by one
 * thread.
 */
final class LanePlaces {
    private static final int N = Nodes.N;
    static final int MOST_GROUPS = 24;
    private static final int HALF = 256;

    private final boolean saturating;
    private final List<LaneGroup> groups = new ArrayList<>();
    private final byte[] groupOf = new byte[N];
    private final short[] placeOf = new short[N];
    private Object grouping = new Object();
    private boolean renewed;
    /** Where nodes without a place come to, by hemisphere. */
    private final LaneGroup[] home = new LaneGroup[N / HALF];
    /** Scratch: nodes of a group that an event reached, and those without a place by hemisphere. */
    private final int[] share = new int[MOST_GROUPS];

    private final int[] fresh = new int[N / HALF];

    LanePlaces(boolean saturating) {
        this.saturating = saturating;
        Arrays.fill(groupOf, (byte) -1);
    }

    /** Takes over the groups of another lane, whose nodes have the same constants; all of them stay out. */
    void copyFrom(LanePlaces from, LaneKernel kernel) {
        for (LaneGroup group : from.groups) {
            groups.add(group.copy(kernel));
        }
        System.arraycopy(from.groupOf, 0, groupOf, 0, N);
        System.arraycopy(from.placeOf, 0, placeOf, 0, N);
        grouping = from.grouping;
    }

    /** No node has a place any more. */
    void clear() {
        groups.clear();
        Arrays.fill(groupOf, (byte) -1);
        Arrays.fill(home, null);
        regroup();
    }

    List<LaneGroup> groups() {
        return groups;
    }

    LaneGroup group(int number) {
        return groups.get(number);
    }

    /** Whether a node has a place, in the lane or out of it. */
    boolean has(int n) {
        return groupOf[n] >= 0;
    }

    LaneGroup groupOf(int n) {
        return groups.get(groupOf[n]);
    }

    int placeOf(int n) {
        return placeOf[n];
    }

    /** Whether a node has a place with its present constants. */
    private boolean ready(int n) {
        return has(n) && groupOf(n).prepared[placeOf[n]];
    }

    /** Changes whenever groups or the lines that take part in membranes do: what was looked up under it holds no longer. */
    Object grouping() {
        return grouping;
    }

    void regroup() {
        grouping = new Object();
    }

    /** An event begins, during which one change of the grouping stands for all. */
    void eventBegins() {
        renewed = false;
    }

    void regroupOnce() {
        if (!renewed) {
            regroup();
            renewed = true;
        }
    }

    void forgetHomes() {
        Arrays.fill(home, null);
    }

    /** Gives a node a place: at home or in a new group. Returns false where there are too many groups. */
    boolean settle(int n, LaneKernel kernel) {
        int half = n / HALF;
        if (home[half] == null) {
            if (groups.size() == MOST_GROUPS) {
                return false;
            }
            home[half] = new LaneGroup(groups.size(), saturating, kernel);
            groups.add(home[half]);
        }
        groupOf[n] = (byte) home[half].number;
        placeOf[n] = (short) home[half].add(n);
        return true;
    }

    /** New nodes come to the group of their hemisphere that holds most of what the present event reached. */
    void chooseHomes(int reached, int[] handedBack, int handedBackCount) {
        Arrays.fill(home, null);
        if (handedBackCount == 0) {
            return;
        }
        Arrays.fill(share, 0);
        Arrays.fill(fresh, 0);
        for (int left = reached; left != 0; left &= left - 1) {
            int g = Integer.numberOfTrailingZeros(left);
            share[g] = groups.get(g).only.count;
        }
        for (int i = 0; i < handedBackCount; i++) {
            int n = handedBack[i];
            if (groupOf[n] < 0) {
                fresh[n / HALF]++;
            } else {
                share[groupOf[n]]++;
            }
        }
        for (int g = 0; g < groups.size(); g++) {
            LaneGroup group = groups.get(g);
            int half = group.node[0] / HALF;
            if (share[group.number] >= Math.max(1, fresh[half])
                    && (home[half] == null || share[group.number] > share[home[half].number])) {
                home[half] = group;
            }
        }
    }

    /** The columns of what one pulse adds to nodes, by group, given the sums by line. */
    LaneRows[] rows(int[] node, int count, long[] sums) {
        LaneRows[] byGroup = new LaneRows[groups.size()];
        int found = 0;
        for (int i = 0; i < count; i++) {
            int n = node[i];
            if (!ready(n)) {
                continue;
            }
            LaneGroup group = groupOf(n);
            if (byGroup[group.number] == null) {
                byGroup[group.number] = new LaneRows(group.number, group.capacity());
                found++;
            }
            LaneRows rows = byGroup[group.number];
            int s = placeOf[n];
            rows.reach(s);
            for (int k = 0; k < LaneGroup.LINES; k++) {
                int l = group.line[LaneGroup.LINES * s + k];
                if (l >= 0 && sums[l] != 0) {
                    rows.set(s, k, sums[l], saturating || (k & 1) == 0 ? 1 : -1);
                }
            }
        }
        LaneRows[] packed = new LaneRows[found];
        int at = 0;
        for (LaneRows rows : byGroup) {
            if (rows != null) {
                packed[at++] = rows;
            }
        }
        return packed;
    }

    /** Those of some nodes that are in no group, or not as they are now. */
    int[] outside(int[] node, int count) {
        return Arrays.stream(node, 0, count).filter(n -> !ready(n)).toArray();
    }
}
