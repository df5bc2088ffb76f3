package dev.hookseal.micronaut;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Notes in headers what Micronaut hides of a request. It decompresses a body and removes the {@code Content-Encoding}
 * before any filter, and a signature covers the bytes of the wire; and it takes a body with broken chunks for one that
 * has ended. A client that sends these headers itself only has its own delivery rejected.
 */
@Singleton
final class WireNotes implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
    static final String CONTENT_ENCODING = "x-hookseal-content-encoding";
    static final String BROKEN_BODY = "x-hookseal-broken-body";

    /** Returns how many pieces of the current body have arrived at its connection; 0 if that is not known (HTTP/2). */
    static int pieces(ChannelPipeline pipeline) {
        OnHttp1 notes = pipeline.get(OnHttp1.class);
        return notes == null ? 0 : notes.pieces;
    }

    @Override
    public NettyServerCustomizer.Registry onCreated(BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
        event.getBean().register(new Customizer(null));
        return event.getBean();
    }

    /** Places the handlers before those that decompress; without a channel it is the one for the whole server. */
    private record Customizer(@Nullable Channel channel) implements NettyServerCustomizer {

        @Override
        public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
            return new Customizer(channel);
        }

        @Override
        public void onInitialPipelineBuilt() {
            if (channel != null && !OnHttp2.isInstalled(channel.pipeline())) {
                channel.pipeline().addFirst(new OnCleartextHttp2());
            }
        }

        @Override
        public void onStreamPipelineBuilt() {
            if (channel != null
                    && channel.pipeline().get(ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND) != null) {
                if (channel.pipeline().get(OnCleartextHttp2.class) != null) {
                    channel.pipeline().remove(OnCleartextHttp2.class);
                }
                channel.pipeline()
                        .addBefore(
                                ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND, CONTENT_ENCODING, new OnHttp1());
            }
        }
    }

    /** For HTTP/1, and for HTTP/2 with a pipeline for each stream. */
    private static final class OnHttp1 extends ChannelInboundHandlerAdapter {
        private @Nullable HttpHeaders headers;
        private int pieces;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest request) {
                headers = request.headers();
                pieces = 0;
                noteEncoding(request.headers());
            } else if (message instanceof HttpContent content) {
                pieces++;
                if (content.decoderResult().isFailure() && headers != null) {
                    headers.set(BROKEN_BODY, "true");
                }
            }
            context.fireChannelRead(message);
        }

        private static void noteEncoding(HttpHeaders headers) {
            for (String encoding : headers.getAll(HttpHeaderNames.CONTENT_ENCODING)) {
                headers.add(CONTENT_ENCODING, encoding);
            }
            // Micronaut takes a transfer coding such as gzip for a content coding
            for (String codings : headers.getAll(HttpHeaderNames.TRANSFER_ENCODING)) {
                for (String coding : codings.split(",", -1)) {
                    if (!HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(coding.strip())) {
                        headers.add(CONTENT_ENCODING, coding.strip());
                    }
                }
            }
        }
    }

    /** For HTTP/2 where all streams share a handler. */
    private static final class OnHttp2 extends Http2FrameListenerDecorator {
        private OnHttp2(Http2FrameListener listener) {
            super(listener);
        }

        /** Installs it unless that was done; false if the pipeline is not for HTTP/2, or not yet. */
        static boolean isInstalled(ChannelPipeline pipeline) {
            Http2ConnectionHandler handler = pipeline.get(Http2ConnectionHandler.class);
            if (handler == null) {
                return false;
            }
            Http2ConnectionDecoder decoder = handler.decoder();
            if (!(decoder.frameListener() instanceof OnHttp2)) {
                decoder.frameListener(new OnHttp2(decoder.frameListener()));
            }
            return true;
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext context, int stream, Http2Headers headers, int padding, boolean last)
                throws Http2Exception {
            super.onHeadersRead(context, stream, noted(headers), padding, last);
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext context,
                int stream,
                Http2Headers headers,
                int dependency,
                short weight,
                boolean exclusive,
                int padding,
                boolean last)
                throws Http2Exception {
            super.onHeadersRead(context, stream, noted(headers), dependency, weight, exclusive, padding, last);
        }

        private static Http2Headers noted(Http2Headers headers) {
            List<CharSequence> encodings = headers.getAll(HttpHeaderNames.CONTENT_ENCODING);
            encodings.forEach(encoding -> headers.add(CONTENT_ENCODING, encoding));
            return headers;
        }
    }

    /** Waits until a connection without TLS has turned to HTTP/2, by an upgrade or with prior knowledge. */
    private static final class OnCleartextHttp2 extends ChannelInboundHandlerAdapter {
        // after which the handler for HTTP/2 is there
        private static final int PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".length();
        private boolean first = true;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (first && message instanceof ByteBuf bytes && bytes.readableBytes() > PREFACE) {
                context.fireChannelRead(bytes.readRetainedSlice(PREFACE));
            }
            first = false;
            remove(context);
            context.fireChannelRead(message);
            remove(context);
        }

        private void remove(ChannelHandlerContext context) {
            if (!context.isRemoved() && OnHttp2.isInstalled(context.pipeline())) {
                context.pipeline().remove(this);
            }
        }
    }
}
