package dev.hookseal.inbox.guide;

import dev.hookseal.inbox.Acceptance;
import dev.hookseal.inbox.Inbox;
import dev.hookseal.inbox.StoredDelivery;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The inbox of docs/inbox.md that publishes to Kafka: the sender gets 202 once the broker has confirmed the record. */
final class KafkaInbox implements Inbox {
    private final Producer<String, byte[]> producer;

    KafkaInbox(Producer<String, byte[]> producer) {
        this.producer = producer;
    }

    @Override
    public Acceptance accept(StoredDelivery delivery) {
        ProducerRecord<String, byte[]> message = new ProducerRecord<>(
                "webhooks." + delivery.endpoint(),
                delivery.key().value(),
                delivery.content().toStored());
        try {
            producer.send(message).get(4, TimeUnit.SECONDS);
            return Acceptance.ACCEPTED;
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka has not confirmed the delivery", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while Kafka confirms a delivery", e);
        }
    }
}
