package dev.hookseal.spring;

import dev.hookseal.spring.app.WebhookApplication;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.api.Tag;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/** The same as {@code OverHttp}, on Jetty, and in the full build alone. */
@Tag("full")
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(classes = WebhookApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(JettyServer.class)
@interface OnJetty {}
