package dev.hookseal.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.http.HttpServlet;
import java.util.EnumSet;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty. */
public final class JettyContainer implements Container {
    // acceptor and selector among them
    private static final int FEW_THREADS = 4;

    private final QueuedThreadPool threads = new QueuedThreadPool();
    private final Server jetty = new Server(threads);
    private final ServletContextHandler context = new ServletContextHandler();

    public JettyContainer() {
        ServerConnector connector = new ServerConnector(jetty, 1, 1);
        connector.setHost("127.0.0.1");
        jetty.addConnector(connector);
        jetty.setHandler(context);
    }

    @Override
    public String nameAndVersion() {
        return context.getServletContext().getServerInfo();
    }

    @Override
    public void addFilter(String urlPattern, Filter filter, Set<DispatcherType> types) {
        FilterHolder holder = new FilterHolder(filter);
        holder.setAsyncSupported(true);
        context.addFilter(holder, urlPattern, EnumSet.copyOf(types));
    }

    @Override
    public void addServlet(String urlPattern, HttpServlet servlet) {
        ServletHolder holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        context.addServlet(holder, urlPattern);
    }

    @Override
    public void addMultipartServlet(String urlPattern, HttpServlet servlet) {
        ServletHolder holder = new ServletHolder(servlet);
        holder.getRegistration().setMultipartConfig(new MultipartConfigElement(System.getProperty("java.io.tmpdir")));
        context.addServlet(holder, urlPattern);
    }

    @Override
    public void addErrorPage(String path) {
        ErrorPageErrorHandler pages = new ErrorPageErrorHandler();
        pages.addErrorPage(ErrorPageErrorHandler.GLOBAL_ERROR_PAGE, path);
        context.setErrorHandler(pages);
    }

    @Override
    public int useFewThreads() {
        threads.setMinThreads(FEW_THREADS);
        threads.setMaxThreads(FEW_THREADS);
        threads.setReservedThreads(0);
        return FEW_THREADS;
    }

    @Override
    public void start() throws Exception {
        jetty.start();
    }

    @Override
    public int port() {
        return jetty.getURI().getPort();
    }

    @Override
    public void stop() throws Exception {
        jetty.stop();
    }
}
