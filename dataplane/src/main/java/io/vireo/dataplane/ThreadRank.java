package io.vireo.dataplane;

import io.vireo.dpdk.DpdkException;
import io.vireo.dpdk.RealTimeThread;
import java.util.Optional;

/** Before whom a thread of the data plane runs. */
enum ThreadRank {
    /** As the process: by its niceness. */
    ORDINARY {
        @Override
        void take() {}
    },
    /** Before all ordinary threads, where this process may; as the process otherwise. */
    REAL_TIME {
        @Override
        void take() {
            try {
                RealTimeThread.take();
            } catch (DpdkException e) {
                ProcessLog.write(String.valueOf(e.getMessage()));
            }
        }
    };

    /** Gives the calling thread its rank. Start-up only. */
    abstract void take();

    /** What was asked for the workers, where the rule has nothing against it; says what it has. */
    static ThreadRank ofWorkers(Context context) {
        if (!context.wantsRealTimeWorkers()) {
            return ORDINARY;
        }
        Optional<String> obstacle = RealTimeRule.of(context).obstacle();
        obstacle.ifPresent(reason -> ProcessLog.write("workers are no real-time threads: " + reason));
        return obstacle.isEmpty() ? REAL_TIME : ORDINARY;
    }
}
