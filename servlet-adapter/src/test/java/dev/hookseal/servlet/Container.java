package dev.hookseal.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.util.Set;

/**
 * A servlet container on 127.0.0.1 and a port of its own. Found as a service, so that the same tests run on whatever
 * container is on the class path.
 */
interface Container {
    /** Such as {@code Apache Tomcat/10.1.55}. */
    String nameAndVersion();

    /** Adds a filter with async support; before the start. */
    void addFilter(String urlPattern, Filter filter, Set<DispatcherType> types);

    /** Adds a servlet with async support; before the start. */
    void addServlet(String urlPattern, HttpServlet servlet);

    /** Adds a servlet that reads multipart bodies; before the start. */
    void addMultipartServlet(String urlPattern, HttpServlet servlet);

    /** Has the container show what is at this path for whatever fails; before the start. */
    void addErrorPage(String path);

    /**
     * Has as few threads as it can work with; before the start.
     *
     * @return how many requests it can work on at once, at most
     */
    int useFewThreads();

    void start() throws Exception;

    int port();

    /** To be called even if it was not started. */
    void stop() throws Exception;
}
