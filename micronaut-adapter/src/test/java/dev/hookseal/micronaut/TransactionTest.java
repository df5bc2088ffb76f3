package dev.hookseal.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.observe.DeliveryOutcome;
import dev.hookseal.observe.DeliveryOutcome.Kind;
import io.micronaut.aop.Around;
import io.micronaut.aop.InterceptorBean;
import io.micronaut.aop.MethodInterceptor;
import io.micronaut.aop.MethodInvocationContext;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Micronaut commits in advice around the handler: what fails there has failed the delivery. */
class TransactionTest {

    @ParameterizedTest
    @ValueSource(strings = {"direct", "stage", "mono"})
    void countsAsFailedWhereTheCommitFails(String way) throws Exception {
        try (Server server = Server.start("transactions", Server.endpointsOf(Handlers.class), new Database())) {
            Delivery delivery = Delivery.of("e-1");

            assertThat(server.send("/transactions/" + way, delivery).statusCode())
                    .isEqualTo(500);
            assertThat(server.send("/transactions/" + way, delivery).statusCode())
                    .isEqualTo(200);

            assertThat(server.outcomes()).extracting(DeliveryOutcome::kind).containsExactly(Kind.FAILED, Kind.HANDLED);
            assertThat(server.seen()).containsExactly("handled", "handled");
        }
    }

    @Around
    @Retention(RetentionPolicy.RUNTIME)
    @interface InTransaction {}

    /** Its first commit fails, as one with a deferred constraint may. */
    static final class Database {
        private final AtomicBoolean failing = new AtomicBoolean(true);

        void commit() {
            if (failing.getAndSet(false)) {
                throw new IllegalStateException("a constraint");
            }
        }
    }

    @Requires(property = "spec", value = "transactions")
    @InterceptorBean(InTransaction.class)
    static class Advice implements MethodInterceptor<Object, Object> {
        private final Database database;

        Advice(Database database) {
            this.database = database;
        }

        @Override
        public @Nullable Object intercept(MethodInvocationContext<Object, Object> context) {
            Object result = context.proceed();
            if (result instanceof CompletionStage<?> stage) {
                return stage.thenApply(this::committed);
            }
            return result instanceof Mono<?> mono ? mono.map(this::committed) : committed(result);
        }

        private <T> T committed(T result) {
            database.commit();
            return result;
        }
    }

    @Requires(property = "spec", value = "transactions")
    @Controller("/transactions")
    static class Handlers {
        private final Seen seen;

        Handlers(Seen seen) {
            this.seen = seen;
        }

        @InTransaction
        @WebhookEndpoint("direct")
        @Post("/direct")
        String direct(FormFlowEvent event) {
            seen.add("handled");
            return "handled";
        }

        @InTransaction
        @WebhookEndpoint("stage")
        @Post("/stage")
        CompletionStage<String> stage(FormFlowEvent event) {
            seen.add("handled");
            return CompletableFuture.completedFuture("handled");
        }

        @InTransaction
        @WebhookEndpoint("mono")
        @Post("/mono")
        Mono<String> mono(FormFlowEvent event) {
            return Mono.fromSupplier(() -> {
                seen.add("handled");
                return "handled";
            });
        }
    }
}
