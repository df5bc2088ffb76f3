package dev.hookseal.benchmarks.load;

/** A framework, and the application that has its four endpoints. */
enum Framework {
    SERVLET("Servlet (Tomcat)", "ServletServer"),
    SPRING("Spring MVC (Boot on Tomcat)", "SpringServer"),
    MICRONAUT("Micronaut (Netty)", "MicronautServer");

    private final String title;
    private final String server;

    Framework(String title, String server) {
        this.title = title;
        this.server = server;
    }

    String title() {
        return title;
    }

    String mainClass() {
        return "dev.hookseal.benchmarks.frameworks." + server;
    }
}
