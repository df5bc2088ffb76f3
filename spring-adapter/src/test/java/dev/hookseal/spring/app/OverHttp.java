package dev.hookseal.spring.app;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** A test against the {@link WebhookApplication} in an embedded server; all such tests share one. */
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(classes = WebhookApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
public @interface OverHttp {}
