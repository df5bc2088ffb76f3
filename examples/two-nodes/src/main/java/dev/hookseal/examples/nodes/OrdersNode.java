package dev.hookseal.examples.nodes;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A node: an ordinary application with hookseal-spring, hookseal-jdbc and a data source. */
@SpringBootApplication
public class OrdersNode {}
