package firstspike.experiments.metrics;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one page of the endpoint. Shared by all connections, keeps nothing of them. */
@Sharable
final class MetricsPage extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final Logger LOG = LoggerFactory.getLogger(MetricsPage.class);
    private static final String PATH = "/metrics";

    private final Supplier<byte[]> text;

    /**
     * @param text of the metrics now
     */
    MetricsPage(Supplier<byte[]> text) {
        this.text = text;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (!request.decoderResult().isSuccess()) {
            answer(context, HttpResponseStatus.BAD_REQUEST, "no request of HTTP\n");
        } else if (!request.uri().equals(PATH) && !request.uri().startsWith(PATH + "?")) {
            answer(context, HttpResponseStatus.NOT_FOUND, "the metrics are at " + PATH + "\n");
        } else if (!request.method().equals(HttpMethod.GET)) {
            answer(context, HttpResponseStatus.METHOD_NOT_ALLOWED, "the metrics can only be read: GET\n");
        } else {
            metrics(context);
        }
    }

    private void metrics(ChannelHandlerContext context) {
        byte[] page;
        try {
            page = text.get();
        } catch (RuntimeException e) {
            LOG.error("metrics cannot be read", e);
            answer(context, HttpResponseStatus.INTERNAL_SERVER_ERROR, "the log of the server says why\n");
            return;
        }
        answer(context, HttpResponseStatus.OK, Unpooled.wrappedBuffer(page), ServerMetrics.CONTENT_TYPE);
    }

    private static void answer(ChannelHandlerContext context, HttpResponseStatus status, String sentence) {
        answer(context, status, Unpooled.copiedBuffer(sentence, StandardCharsets.UTF_8), "text/plain; charset=utf-8");
    }

    private static void answer(ChannelHandlerContext context, HttpResponseStatus status, ByteBuf body, String type) {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, type)
                .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // a peer that is slow, gone or speaks something else is its own affair
        LOG.debug("connection to the metrics ended", cause);
        context.close();
    }
}
