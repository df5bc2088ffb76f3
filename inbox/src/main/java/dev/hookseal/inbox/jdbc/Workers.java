package dev.hookseal.inbox.jdbc;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one logger of what the workers do apart from deliveries. */
final class Workers {
    static final Logger LOG = LoggerFactory.getLogger(InboxWorkers.class);

    private Workers() {}
}
