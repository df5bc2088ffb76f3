package dev.hookseal.contract;

import dev.hookseal.store.DeliveryStore;
import java.time.Clock;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The suite on a careless store: not a test of the build, but what {@link StoreContractFindsFaultsTest} runs. */
class CarelessStoreContract extends SharedDeliveryStoreContract {
    private StoreFault fault = StoreFault.NONE;
    private CarelessSharedStore.Table table;

    @RegisterExtension
    final BeforeEachCallback choice = context -> fault = context.getConfigurationParameter(CarelessRun.FAULT)
            .map(StoreFault::valueOf)
            .orElseThrow();

    @Override
    protected DeliveryStore store(Clock clock) {
        table = new CarelessSharedStore.Table(clock);
        return anotherNode(clock);
    }

    @Override
    protected DeliveryStore anotherNode(Clock clock) {
        return new CarelessSharedStore(table, clock, fault);
    }

    /** A store whose table is in the memory of its process. */
    public static final class InItsOwnMemory implements StoreProcess.Opener {
        /** Called by the suite. */
        public InItsOwnMemory() {}

        @Override
        public DeliveryStore open(String location) {
            Clock clock = Clock.systemUTC();
            return new CarelessSharedStore(new CarelessSharedStore.Table(clock), clock, StoreFault.NONE);
        }
    }

    @Override
    protected StoreProcess anotherProcess() {
        return new StoreProcess(InItsOwnMemory.class, "");
    }

    @Override
    protected void purge() {
        table.purge(fault);
    }
}
