package dev.hookseal.inbox.guide;

import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.inbox.InboxDispatcher;
import dev.hookseal.inbox.jdbc.InboxWorkers;
import dev.hookseal.inbox.jdbc.JdbcInbox;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.receive.WebhookReceiver;
import java.sql.PreparedStatement;
import java.util.Set;
import javax.sql.DataSource;

/** The inbox of docs/inbox.md in code, for servlets and for applications without a framework. */
final class InboxInCode implements AutoCloseable {
    private final JdbcInbox inbox;
    private final WebhookReceiver<FormFlowEvent> receiver;
    private final InboxWorkers workers;

    InboxInCode(DataSource dataSource, EndpointSettings settings) {
        inbox = JdbcInbox.of(dataSource);
        receiver = WebhookReceiver.builder(new FormFlowProvider(), settings)
                .inbox(inbox, Set.of())
                .build();
        InboxDispatcher dispatcher = InboxDispatcher.builder()
                .transactionalListener("formflow", receiver::restore, Set.of(), (webhook, attempt) -> {
                    try (PreparedStatement insert =
                            attempt.connection().prepareStatement("insert into submission (id) values (?)")) {
                        insert.setString(1, webhook.event().submissionId());
                        insert.executeUpdate();
                    }
                })
                .build();
        workers = InboxWorkers.builder(inbox, dispatcher).build();
        workers.start();
    }

    WebhookReceiver<FormFlowEvent> receiver() {
        return receiver;
    }

    JdbcInbox inbox() {
        return inbox;
    }

    @Override
    public void close() {
        workers.close();
        inbox.close();
    }
}
