package orders;

import org.springframework.data.jpa.repository.JpaRepository;

interface Submissions extends JpaRepository<Submission, Long> {
    int countByEventId(String eventId);
}
