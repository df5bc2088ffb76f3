package dev.hookseal.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.http.HttpServlet;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;

/** Jetty. */
public final class JettyContainer implements Container {
    private final Server jetty = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private final ServletContextHandler context = new ServletContextHandler();

    public JettyContainer() {
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
