package dev.hookseal.spring;

import dev.hookseal.spring.app.WebhookApplication;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.web.embedded.jetty.JettyServletWebServerFactory;
import org.springframework.boot.web.servlet.server.ServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The same as {@code OverHttp}, on Jetty. */
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = {WebhookApplication.class, OnJetty.Server.class},
        webEnvironment = WebEnvironment.RANDOM_PORT)
@interface OnJetty {

    /** Takes the place of Tomcat; outside of the application's package, so that it is not found there. */
    @Configuration(proxyBeanMethods = false)
    class Server {
        @Bean
        ServletWebServerFactory jetty() {
            return new JettyServletWebServerFactory();
        }
    }
}
