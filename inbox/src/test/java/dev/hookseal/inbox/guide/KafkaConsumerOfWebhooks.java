package dev.hookseal.inbox.guide;

import dev.hookseal.inbox.InboxDispatcher;
import dev.hookseal.signature.SignedContent;
import dev.hookseal.store.DeliveryStore;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The consumer of docs/inbox.md: whatever it throws, the record is to be read again. */
final class KafkaConsumerOfWebhooks {
    private final InboxDispatcher dispatcher;
    private final DeliveryStore store;

    KafkaConsumerOfWebhooks(InboxDispatcher dispatcher, DeliveryStore store) {
        this.dispatcher = dispatcher;
        this.store = store;
    }

    void consume(ConsumerRecord<String, byte[]> message) throws Exception {
        dispatcher.dispatchOnce(SignedContent.ofStored(message.value()), store);
    }
}
