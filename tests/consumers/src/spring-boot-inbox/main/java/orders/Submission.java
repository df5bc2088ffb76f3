package orders;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;

@Entity
public class Submission {
    @Id
    @GeneratedValue
    private Long id;

    private String eventId;

    protected Submission() {}

    public Submission(String eventId) {
        this.eventId = eventId;
    }
}
