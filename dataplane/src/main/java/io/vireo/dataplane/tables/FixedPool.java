package io.vireo.dataplane.tables;

/**
 * Pieces of one size from a region, numbered from 1; 0 means none. New pieces are carved upwards, freed ones are chained
 * through their own first int and used again first. Writer only.
 *
 * <pre>
 *   +--------+--------+--------+--------+----------------
 *   | unused | 1      | 2      | 3 free | not yet carved…
 *   +--------+--------+--------+--next--+----------------
 * </pre>
 */
final class FixedPool {
    private final long base;
    private final int pieceBytes;
    private final int capacity;
    private int carved;
    private int firstFree;
    private int used;

    /** @param region where the pieces come from; the piece 0 it begins with is never given out */
    FixedPool(Region region, int pieceBytes) {
        base = region.address();
        this.pieceBytes = pieceBytes;
        capacity = (int) (region.bytes() / pieceBytes) - 1;
    }

    static long regionBytes(int pieces, int pieceBytes) {
        return (pieces + 1L) * pieceBytes;
    }

    /** {@return a piece with undefined content, or 0 when all are in use} */
    int allocate() {
        int piece = firstFree;
        if (piece != 0) {
            firstFree = OffHeap.getInt(address(piece));
        } else if (carved < capacity) {
            piece = ++carved;
        } else {
            return 0;
        }
        used++;
        return piece;
    }

    void free(int piece) {
        OffHeap.putInt(address(piece), firstFree);
        firstFree = piece;
        used--;
    }

    long address(int piece) {
        return base + (long) piece * pieceBytes;
    }

    int used() {
        return used;
    }

    int available() {
        return capacity - used;
    }

    long usedBytes() {
        return (long) used * pieceBytes;
    }
}
