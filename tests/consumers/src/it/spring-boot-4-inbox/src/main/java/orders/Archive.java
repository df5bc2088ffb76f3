package orders;

import dev.hookseal.WebhookListener;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.inbox.Attempt;
import dev.hookseal.inbox.ParkException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
class Archive {
    private final JdbcTemplate jdbc;

    Archive(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Transactional
    @WebhookListener("formflow")
    void received(FormFlowEvent event, Attempt attempt) {
        jdbc.update("insert into archive (event_id) values (?)", event.eventId());
        if (event.eventId().startsWith("park")) {
            throw new ParkException("there is no such submission");
        }
        if (event.eventId().startsWith("fail") && attempt.number() == 1) {
            throw new IllegalStateException("the archive is closed");
        }
    }

    int times(String eventId) {
        Integer count = jdbc.queryForObject("select count(*) from archive where event_id = ?", Integer.class, eventId);
        return count == null ? 0 : count;
    }
}
