package io.vireo.dataplane.tables;

import java.util.Arrays;

/**
 * Objects of 1 to {@value #MAX_GRANULES} granules (8 bytes each) from pages of 4 KiB that hold one size each, after
 * Bonwick's slab allocator (USENIX Summer 1994). A page whose last object goes returns to the common stock, so a table
 * that changes its shape for months does not strand memory in one size. Writer only.
 *
 * <pre>
 *   region: +------------------------------+--------+--------+--------+---
 *           | 32 B of bookkeeping per page | zeros  | page 1 | page 2 | …
 *           +------------------------------+--------+--------+--------+---
 *   bookkeeping: next, previous (list of the pages of a size with room), granules, live, first free object, carved
 * </pre>
 *
 * An object is known by its offset from page 0, in granules. That page is never given out: whoever follows an offset of 0 reads
 * zeros.
 */
final class SlabPool {
    static final int GRANULE_SHIFT = 3;
    static final int MAX_GRANULES = 33;

    private static final int PAGE_SHIFT = 12;
    private static final int PAGE_GRANULES = 1 << (PAGE_SHIFT - GRANULE_SHIFT);
    private static final int PAGE_GRANULES_SHIFT = PAGE_SHIFT - GRANULE_SHIFT;

    private static final int RECORD_BYTES = 32;
    private static final int NEXT = 0;
    private static final int PREVIOUS = NEXT + Integer.BYTES;
    private static final int GRANULES = PREVIOUS + Integer.BYTES;
    private static final int LIVE = GRANULES + Integer.BYTES;
    private static final int FREE = LIVE + Integer.BYTES;
    private static final int CARVED = FREE + Integer.BYTES;
    private static final int NONE = -1;

    private final long records;
    private final long pages;
    private final int pageCount;
    private final int[] pagesWithRoom = new int[MAX_GRANULES + 1];
    private int firstFreePage = NONE;
    private int carvedPages = 1;
    private int usedPages;
    private int floorPages;

    SlabPool(Region region) {
        pageCount = (int) (region.bytes() / ((1 << PAGE_SHIFT) + RECORD_BYTES)) - 2;
        records = region.address();
        long pageMask = (1L << PAGE_SHIFT) - 1;
        pages = (records + (pageCount + 1L) * RECORD_BYTES + pageMask) & ~pageMask;
        Arrays.fill(pagesWithRoom, NONE);
    }

    /** The address of offset 0. */
    long base() {
        return pages;
    }

    int pageCount() {
        return pageCount;
    }

    int freePages() {
        return pageCount - usedPages;
    }

    int usedPages() {
        return usedPages;
    }

    long usedBytes() {
        return (long) usedPages * ((1 << PAGE_SHIFT) + RECORD_BYTES);
    }

    /** From now on {@link #allocate} leaves this many pages free: the reserve of those who must not fail. */
    void keepFree(int floorPages) {
        this.floorPages = floorPages;
    }

    /** {@return the object's offset, its content undefined; or -1 when there is no room} */
    int allocate(int granules) {
        int page = pagesWithRoom[granules];
        if (page == NONE) {
            page = newPage(granules);
            if (page == NONE) {
                return NONE;
            }
        }
        long record = record(page);
        int index = takeObject(page, record, granules);
        int live = OffHeap.getInt(record + LIVE) + 1;
        OffHeap.putInt(record + LIVE, live);
        if (live == PAGE_GRANULES / granules) {
            unlink(record, granules);
        }
        return page * PAGE_GRANULES + index * granules;
    }

    void free(int offset) {
        int page = offset >>> PAGE_GRANULES_SHIFT;
        long record = record(page);
        int granules = OffHeap.getInt(record + GRANULES);
        int live = OffHeap.getInt(record + LIVE) - 1;
        OffHeap.putInt(record + LIVE, live);
        OffHeap.putInt(address(offset), OffHeap.getInt(record + FREE));
        OffHeap.putInt(record + FREE, (offset - page * PAGE_GRANULES) / granules);
        boolean wasFull = live == PAGE_GRANULES / granules - 1;
        if (live == 0) {
            if (!wasFull) {
                unlink(record, granules);
            }
            freePage(page, record);
        } else if (wasFull) {
            link(page, record, granules);
        }
    }

    private long address(int offset) {
        return pages + ((long) offset << GRANULE_SHIFT);
    }

    private long record(int page) {
        return records + (long) page * RECORD_BYTES;
    }

    private int takeObject(int page, long record, int granules) {
        int free = OffHeap.getInt(record + FREE);
        if (free != NONE) {
            OffHeap.putInt(record + FREE, OffHeap.getInt(address(page * PAGE_GRANULES + free * granules)));
            return free;
        }
        int carved = OffHeap.getInt(record + CARVED);
        OffHeap.putInt(record + CARVED, carved + 1);
        return carved;
    }

    private int newPage(int granules) {
        if (freePages() <= floorPages) {
            return NONE;
        }
        int page = firstFreePage;
        if (page != NONE) {
            firstFreePage = OffHeap.getInt(record(page) + NEXT);
        } else {
            page = carvedPages++;
        }
        usedPages++;
        long record = record(page);
        OffHeap.putInt(record + GRANULES, granules);
        OffHeap.putInt(record + LIVE, 0);
        OffHeap.putInt(record + FREE, NONE);
        OffHeap.putInt(record + CARVED, 0);
        link(page, record, granules);
        return page;
    }

    private void freePage(int page, long record) {
        OffHeap.putInt(record + NEXT, firstFreePage);
        firstFreePage = page;
        usedPages--;
    }

    private void link(int page, long record, int granules) {
        int first = pagesWithRoom[granules];
        OffHeap.putInt(record + NEXT, first);
        OffHeap.putInt(record + PREVIOUS, NONE);
        if (first != NONE) {
            OffHeap.putInt(record(first) + PREVIOUS, page);
        }
        pagesWithRoom[granules] = page;
    }

    private void unlink(long record, int granules) {
        int next = OffHeap.getInt(record + NEXT);
        int previous = OffHeap.getInt(record + PREVIOUS);
        if (previous == NONE) {
            pagesWithRoom[granules] = next;
        } else {
            OffHeap.putInt(record(previous) + NEXT, next);
        }
        if (next != NONE) {
            OffHeap.putInt(record(next) + PREVIOUS, previous);
        }
    }
}
