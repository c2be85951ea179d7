package firstspike.driver.server.access;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Watches the handshake of one connection, next to the socket. A refused one is written down, and its socket closed such
 * that the client learns why: the sending half first, the rest when the client has read it. (What a client has sent
 * meanwhile would else make the system reset the connection, and the alert of TLS 1.3 be lost.) Plain text is told by its first
 * byte and answered at once in plain text, with the error of HTTP/2 or HTTP/1.1 that says so; whatever else it is, the connection
 * ends. Used by the event loop of the connection only.
 */
final class RefusedConnection extends ChannelDuplexHandler {

    private static final long LINGER_MILLIS = 1000;
    private static final String PREFACE = "PRI * HTTP/2.0";
    private static final int HANDSHAKE = 22;
    private static final byte[] EXPLANATION =
            "this port speaks TLS only; use grpcs://".getBytes(StandardCharsets.US_ASCII);
    private static final int SETTINGS = 4;
    private static final int GO_AWAY = 7;
    private static final int INADEQUATE_SECURITY = 0xc;

    private final Audit audit;
    private boolean watching;
    private Speech speech = Speech.OTHER;
    private boolean refused;
    private boolean closing;

    RefusedConnection(Audit audit) {
        this.audit = audit;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (refused) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (!watching && message instanceof ByteBuf bytes && isPlain(bytes)) {
            watching = true;
            speech = Speech.of(bytes);
            bytes.release();
            refuse(context, new NotSslRecordException("plain text"));
            context.close();
            return;
        }
        if (!watching) {
            begin(context);
        }
        context.fireChannelRead(message);
    }

    /** A handshake begins with its content type; that of SSL 2 has the highest bit set. */
    private static boolean isPlain(ByteBuf bytes) {
        int first = bytes.getUnsignedByte(bytes.readerIndex());
        return first != HANDSHAKE && first < 0x80;
    }

    /** What a client that does not encrypt speaks, as far as its first bytes tell. */
    private enum Speech {
        HTTP_2,
        HTTP_1,
        OTHER;

        private static final Pattern METHOD = Pattern.compile("[A-Z]{3,8} .*", Pattern.DOTALL);

        static Speech of(ByteBuf bytes) {
            int known = Math.min(bytes.readableBytes(), PREFACE.length());
            String text = bytes.toString(bytes.readerIndex(), known, StandardCharsets.US_ASCII);
            return known >= 3 && PREFACE.startsWith(text)
                    ? HTTP_2
                    : METHOD.matcher(text).matches() ? HTTP_1 : OTHER;
        }
    }

    private void begin(ChannelHandlerContext context) {
        watching = true;
        SslHandler tls = context.pipeline().get(SslHandler.class);
        if (tls == null) {
            context.pipeline().remove(this);
            return;
        }
        tls.handshakeFuture().addListener(end -> {
            if (end.isSuccess()) {
                context.pipeline().remove(this);
            } else {
                refuse(context, end.cause());
            }
        });
    }

    private void refuse(ChannelHandlerContext context, Throwable cause) {
        if (!context.channel().isActive()) {
            // the client went away by itself
            return;
        }
        refused = true;
        String peer = AccessGate.peer(context.channel().remoteAddress());
        audit.record(new AuditEvent(AuditEvent.Kind.REFUSED, Caller.unproved(peer), "", "", "TLS: " + reason(cause)));
        switch (speech) {
            case HTTP_2 -> context.writeAndFlush(goAway());
            case HTTP_1 -> context.writeAndFlush(badRequest());
            case OTHER -> {
                // nothing that it would understand
            }
        }
    }

    private static String reason(Throwable cause) {
        if (cause instanceof NotSslRecordException) {
            // the message quotes what was sent, which may be a token
            return "not a handshake of TLS";
        }
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    private static ByteBuf badRequest() {
        String head = "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nConnection: close\r\nContent-Length: "
                + EXPLANATION.length + "\r\n\r\n";
        return Unpooled.wrappedBuffer(head.getBytes(StandardCharsets.US_ASCII), EXPLANATION);
    }

    /** Empty settings and the frame that ends a connection (RFC 9113, 6.5 and 6.8). */
    private static ByteBuf goAway() {
        ByteBuf frames = Unpooled.buffer();
        frames.writeMedium(0).writeByte(SETTINGS).writeByte(0).writeInt(0);
        frames.writeMedium(8 + EXPLANATION.length)
                .writeByte(GO_AWAY)
                .writeByte(0)
                .writeInt(0);
        frames.writeInt(0).writeInt(INADEQUATE_SECURITY).writeBytes(EXPLANATION);
        return frames;
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (!refused || closing || !(context.channel() instanceof DuplexChannel channel)) {
            context.close(promise);
            return;
        }
        closing = true;
        channel.shutdownOutput();
        channel.eventLoop().schedule(() -> context.close(promise), LINGER_MILLIS, TimeUnit.MILLISECONDS);
    }
}
