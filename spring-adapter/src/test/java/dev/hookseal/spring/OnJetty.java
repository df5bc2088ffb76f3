package dev.hookseal.spring;

import dev.hookseal.spring.app.WebhookApplication;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/** The same as {@code OverHttp}, on Jetty. */
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(classes = WebhookApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(JettyServer.class)
@interface OnJetty {}
