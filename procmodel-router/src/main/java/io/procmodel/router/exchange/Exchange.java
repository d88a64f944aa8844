package io.procmodel.router.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.procmodel.router.head.Refusal;
import io.procmodel.router.report.HCode;
import io.procmodel.router.report.RequestLine;
import io.procmodel.router.table.Backend;
import io.procmodel.router.table.Choice;
import io.procmodel.router.table.Route;
import io.procmodel.router.table.Waiting;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One request: from its head to its last byte, its log line and nothing left behind. Its stages:
 *
 * <pre>
 * NEW         checked; answered at once if it is wrong, or no request of the app is served
 * WAITING     for a dyno to be up; only the head is held, and nothing more is read
 * CONNECTING  to a dyno, then to another one if that fails
 * BACKING_OFF every dyno that is up refuses connections
 * ACTIVE      request and response flow, both at once
 * TUNNEL      bytes flow
 * DONE        logged; late calls do nothing
 * </pre>
 *
 * A request may be sent to another dyno until a byte of it may have reached one; after that only when nothing came back,
 * the connection had been used before, and sending it twice does no harm.
 */
final class Exchange implements Waiting {
    private static final long REFUSED_GRACE = TimeUnit.SECONDS.toNanos(1);
    private static final long FIRST_BACK_OFF_MILLIS = 50;
    private static final long LAST_BACK_OFF_MILLIS = 1_000;
    private static final int MAX_INTERIM = 100;

    private enum Stage {
        NEW,
        WAITING,
        CONNECTING,
        BACKING_OFF,
        ACTIVE,
        TUNNEL,
        DONE
    }

    private final FrontHandler front;
    private final Loop loop;
    private final Shared shared;
    private final HttpRequest request;
    private final RequestRules rules;
    private final String path;
    private final String accept;
    private final boolean toHead;
    private final boolean hasBody;
    private final boolean keepClient;
    private final long startNanos = System.nanoTime();
    private final long startMillis;
    private final List<Backend> tried = new ArrayList<>(0);
    private final ArrayDeque<HttpContent> early = new ArrayDeque<>(1);

    private Stage stage = Stage.NEW;
    private String host = "";
    private String requestId = "";
    private String forwardedFor = "";
    private @Nullable Route route;
    private @Nullable Backend backend;
    private @Nullable BackHandler back;
    private String dynoName = "";
    private boolean entered;
    private boolean waited;
    private boolean timedOut;
    private boolean repeated;
    private long backOffMillis = FIRST_BACK_OFF_MILLIS;
    private long giveUpAt;
    private long waitingSince;
    private long connectSince;
    private long connectMillis = -1;
    private long sentSince;
    private long bytes = -1;

    private boolean requestEnded;
    private boolean requestBroken;
    private boolean bodyHeldByDyno;
    private boolean responseStarted;
    private boolean closeClient;
    private boolean reuseBack;
    private boolean skipLast;
    private boolean continueAnswered;
    private int interim;
    private int status;
    private long lastClientByte = startNanos;
    private long lastDynoByte = startNanos;
    private long requestEndedAt;
    private long lastBacklog;
    private boolean clientEnded;
    private boolean dynoEnded;

    Exchange(FrontHandler front, Loop loop, Shared shared, HttpRequest request) {
        this.front = front;
        this.loop = loop;
        this.shared = shared;
        this.request = request;
        this.rules = new RequestRules(request);
        this.startMillis = shared.clock().millis();
        this.path = request.uri();
        this.accept = request.headers().get(HttpHeaderNames.ACCEPT, "");
        this.hasBody = HttpUtil.isTransferEncodingChunked(request) || HttpUtil.getContentLength(request, 0L) > 0;
        this.toHead = request.method().equals(HttpMethod.HEAD);
        this.keepClient = front.isHttp1() && HttpUtil.isKeepAlive(request);
    }

    // From the head to a dyno.

    void begin() {
        if (hasBody) {
            front.pauseBody(true);
        }
        Refusal refusal = rules.check();
        host = rules.hostName();
        requestId = UpstreamHead.requestId(request.headers());
        forwardedFor = UpstreamHead.forwardedFor(request.headers(), front.side().peer());
        route = host.isEmpty() ? null : shared.table().find(host);
        if (refusal != null) {
            refuse(refusal);
        } else if (route == null) {
            unknownHost();
        } else {
            serve(route);
        }
    }

    private void serve(Route to) {
        Optional<HCode> barrier = to.barrier();
        if (barrier.isPresent()) {
            fail(barrier.get(), "");
        } else if (front.isOverLimit()) {
            closeClient = true;
            fail(HCode.H22, "");
        } else {
            prepare();
            entered = true;
            to.enter();
            attempt();
        }
    }

    private void prepare() {
        ClientSide side = front.side();
        UpstreamHead.rewrite(
                request,
                new UpstreamHead.Facts(
                        forwardedFor,
                        side.scheme(),
                        side.port(),
                        requestId,
                        startMillis,
                        rules.isUpgrade(),
                        rules.expectsContinue() && shared.features().endToEndContinue(),
                        shared.features().keepAlive()));
        if (!front.isHttp1()) {
            Http2Heads.clean(request.headers());
        }
    }

    /** Answers a request that is not HTTP, or not such as is served; it never reaches a dyno. */
    void refuse(Refusal refusal) {
        if (route == null && !refusal.host().isEmpty()) {
            String name = HostName.withoutPort(refusal.host());
            host = name == null ? "" : name;
            route = shared.table().find(host);
        }
        if (requestId.isEmpty()) {
            requestId = UpstreamHead.requestId(request.headers());
            forwardedFor = front.side().peer();
        }
        closeClient = true;
        if (route == null) {
            shared.tally().refused();
        }
        fail(HCode.H26, refusal.status(), refusal.cause());
    }

    private void unknownHost() {
        shared.tally().refused();
        status = 404;
        front.expectResponse(toHead);
        Answers.noSuchApp(accept).write(front, closesClient() || !isRequestRead());
        end();
    }

    private void attempt() {
        if (stage == Stage.DONE || route == null) {
            return;
        }
        Optional<Backend> preferred = preferred(route);
        Choice choice = preferred.isPresent() ? new Choice.Chosen(preferred.get()) : route.choose(tried, loop.random());
        if (choice instanceof Choice.Chosen chosen) {
            connect(chosen.backend());
        } else if (choice instanceof Choice.Wait) {
            await(route);
        } else if (choice instanceof Choice.Full) {
            if (waited || route.isCatchingUp()) {
                await(route);
            } else {
                fail(HCode.H11, "");
            }
        } else if (choice instanceof Choice.Crashed crashed) {
            fail(HCode.H10, crashed.reason());
        } else {
            backOff();
        }
    }

    private Optional<Backend> preferred(Route to) {
        if (!shared.features().affinity() || !tried.isEmpty()) {
            return Optional.empty();
        }
        return Affinity.token(request.headers()).flatMap(to::choose);
    }

    private void await(Route to) {
        if (waitingSince == 0) {
            waitingSince = System.nanoTime();
        }
        stage = Stage.WAITING;
        boolean room = to.await(this, waited);
        waited = true;
        if (!room) {
            fail(HCode.H11, "");
        }
    }

    @Override
    public void lookAgain() {
        loop.eventLoop().execute(() -> {
            if (stage == Stage.WAITING) {
                Optional<HCode> barrier = route == null ? Optional.empty() : route.barrier();
                if (barrier.isPresent()) {
                    fail(barrier.get(), "");
                } else {
                    attempt();
                }
            }
        });
    }

    @Override
    public void giveUp(String reason) {
        loop.eventLoop().execute(() -> {
            if (stage == Stage.WAITING) {
                fail(HCode.H10, reason);
            }
        });
    }

    /**
     * Every dyno that is up refuses connections. Most likely they have just died, and the platform will say so in a
     * moment; a request that has tried them itself waits that long.
     */
    private void backOff() {
        long now = System.nanoTime();
        if (waitingSince == 0) {
            waitingSince = now;
        }
        if (!tried.isEmpty() && giveUpAt == 0) {
            giveUpAt = now + REFUSED_GRACE;
        }
        if (giveUpAt != 0 && now - giveUpAt >= 0) {
            fail(timedOut ? HCode.H19 : HCode.H21, "");
            return;
        }
        stage = Stage.BACKING_OFF;
        long pause = backOffMillis;
        backOffMillis = Math.min(2 * pause, LAST_BACK_OFF_MILLIS);
        loop.eventLoop().schedule(this::attemptAgain, pause, TimeUnit.MILLISECONDS);
    }

    private void attemptAgain() {
        if (stage == Stage.BACKING_OFF) {
            attempt();
        }
    }

    private void connect(Backend to) {
        backend = to;
        dynoName = to.name();
        stage = Stage.CONNECTING;
        connectSince = System.nanoTime();
        boolean pooled = shared.features().keepAlive() && !rules.isUpgrade() && !repeated;
        BackHandler idle = pooled ? loop.takeIdle(to, isRepeatable()) : null;
        if (idle != null) {
            connectMillis = 0;
            send(to, idle);
            return;
        }
        loop.connect(to).addListener((ChannelFuture connected) -> {
            if (stage != Stage.CONNECTING) {
                connected.channel().close();
            } else if (connected.isSuccess()) {
                connectMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - connectSince);
                send(to, handlerOf(connected.channel()));
            } else {
                connected.channel().close();
                connectFailed(to, connected.cause());
            }
        });
    }

    private static BackHandler handlerOf(Channel channel) {
        return channel.pipeline().get(BackHandler.class);
    }

    private void connectFailed(Backend to, Throwable cause) {
        to.quarantine(shared.times().quarantine());
        timedOut = cause instanceof ConnectTimeoutException;
        connectMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - connectSince);
        tried.add(to);
        backend = null;
        to.release();
        if (tried.size() >= shared.counts().attempts()) {
            fail(timedOut ? HCode.H19 : HCode.H21, "");
        } else {
            attempt();
        }
    }

    /** Whether a second copy of the request would do no harm. */
    private boolean isRepeatable() {
        HttpMethod method = request.method();
        boolean safe = method.equals(HttpMethod.GET) || toHead || method.equals(HttpMethod.OPTIONS);
        return safe && !hasBody;
    }

    private void send(Backend to, BackHandler connection) {
        back = connection;
        stage = Stage.ACTIVE;
        long now = System.nanoTime();
        sentSince = now;
        lastClientByte = now;
        lastDynoByte = now;
        connection.use(to, this, toHead);
        HttpHeaders headers = request.headers();
        headers.set(Names.CONNECT_TIME, Long.toString(connectMillis));
        headers.set(Names.TOTAL_ROUTE_TIME, Long.toString(TimeUnit.NANOSECONDS.toMillis(now - startNanos)));
        connection.write(request);
        answerContinue();
        while (!early.isEmpty()) {
            forward(connection, early.poll());
        }
        if (requestEnded && repeated) {
            connection.write(LastHttpContent.EMPTY_LAST_CONTENT);
        }
        front.pauseBody(false);
        flushToDyno();
    }

    private void answerContinue() {
        if (rules.expectsContinue() && !shared.features().endToEndContinue() && !continueAnswered) {
            continueAnswered = true;
            front.write(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
            front.flush();
        }
    }

    // From the client to the dyno.

    void requestContent(HttpContent content) {
        lastClientByte = System.nanoTime();
        BackHandler connection = back;
        if (stage == Stage.DONE || requestBroken) {
            noteEnd(content);
            content.release();
        } else if (connection == null || stage != Stage.ACTIVE) {
            early.add(content);
        } else {
            forward(connection, content);
        }
    }

    private void noteEnd(HttpContent content) {
        if (content instanceof LastHttpContent last) {
            UpstreamHead.cleanTrailer(last.trailingHeaders());
            requestEnded = true;
            requestEndedAt = System.nanoTime();
        }
    }

    private void forward(BackHandler connection, HttpContent content) {
        noteEnd(content);
        connection.write(content);
        if (!requestEnded && !connection.isWritable()) {
            bodyHeldByDyno = true;
            front.pauseBody(true);
            connection.flush();
        }
    }

    void flushToDyno() {
        if (back != null) {
            back.flush();
        }
    }

    void dynoWritable(boolean writable) {
        if (stage == Stage.TUNNEL) {
            front.read(writable);
        } else if (writable && bodyHeldByDyno) {
            bodyHeldByDyno = false;
            lastClientByte = System.nanoTime();
            front.pauseBody(false);
            flushToDyno();
        }
    }

    /** The dyno takes no more of the request; its answer may still be on its way. */
    void writeToDynoFailed() {
        requestBroken = true;
        if (stage == Stage.TUNNEL) {
            endTunnel();
            return;
        }
        if (bodyHeldByDyno) {
            bodyHeldByDyno = false;
            front.pauseBody(false);
        }
    }

    /** The body is not what its framing says. */
    void badBody() {
        closeClient = true;
        fail(HCode.H26, 400, Refusal.BAD_CHUNK);
    }

    // From the dyno to the client.

    void response(HttpResponse response) {
        lastDynoByte = System.nanoTime();
        ResponseRules.Fault fault = ResponseRules.check(response);
        int code = response.status().code();
        if (fault != null) {
            fail(fault.code(), fault.detail());
        } else if (code == 101) {
            switchProtocol(response);
        } else if (code < 200) {
            interim(response);
        } else {
            head(response, code);
        }
    }

    private void interim(HttpResponse response) {
        skipLast = true;
        interim++;
        boolean isContinue = response.status().code() == 100;
        boolean second = isContinue && continueAnswered && shared.features().endToEndContinue();
        if (interim > MAX_INTERIM || (second && rules.expectsContinue())) {
            fail(HCode.H17, 502, "");
            return;
        }
        boolean own = isContinue && continueAnswered;
        continueAnswered |= isContinue;
        if (rules.isOld() || own) {
            return;
        }
        DefaultFullHttpResponse copy = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, response.status());
        if (!isContinue) {
            copy.headers().set(response.headers());
            UpstreamHead.removeHopByHop(copy.headers());
            HttpUtil.setTransferEncodingChunked(copy, false);
            copy.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
        }
        front.write(copy);
    }

    private void head(HttpResponse response, int code) {
        responseStarted = true;
        status = code;
        boolean unanswered = rules.expectsContinue() && shared.features().endToEndContinue() && !continueAnswered;
        boolean earlyEnd = !requestEnded && code >= 400;
        closeClient |= unanswered || earlyEnd;
        boolean bodyless = toHead || code == 204 || code == 304;
        ResponseHead head = ResponseHead.rewrite(response, bodyless, rules.isOld(), front.isHttp1());
        reuseBack = head.reusable() && shared.features().keepAlive() && !rules.isUpgrade() && !unanswered;
        closeClient |= head.endsByClose();
        ResponseHead.connection(response, front.isHttp1(), closesClient(), rules.isOld());
        if (shared.features().affinity() && route != null && backend != null) {
            Affinity.mark(request.headers(), response.headers(), route.token(backend));
        }
        if (toHead && !rules.isOld() && front.isHttp1() && back != null && back.announcedChunks()) {
            HttpUtil.setTransferEncodingChunked(response, true);
        }
        front.expectResponse(toHead);
        front.write(response);
        holdDynoIfNeeded();
    }

    private boolean closesClient() {
        return closeClient || !keepClient || shared.tally().isClosing();
    }

    void responseContent(HttpContent content) {
        if (skipLast) {
            skipLast = !(content instanceof LastHttpContent);
            content.release();
            return;
        }
        if (stage != Stage.ACTIVE || !responseStarted) {
            content.release();
        } else if (!content.decoderResult().isSuccess()) {
            content.release();
            fail(HCode.H17, "");
        } else {
            lastDynoByte = System.nanoTime();
            if (content instanceof LastHttpContent last) {
                UpstreamHead.cleanTrailer(last.trailingHeaders());
                front.write(content);
                responseEnded();
            } else {
                front.write(content);
                holdDynoIfNeeded();
            }
        }
    }

    private void holdDynoIfNeeded() {
        if (!front.isWritable() && back != null) {
            front.flush();
            if (!front.isWritable()) {
                back.read(false);
                lastBacklog = front.backlog();
                lastClientByte = System.nanoTime();
            }
        }
    }

    void flushToClient() {
        if (stage != Stage.DONE) {
            front.flush();
        }
    }

    void clientWritable(boolean writable) {
        lastClientByte = System.nanoTime();
        lastDynoByte = lastClientByte;
        if (back != null) {
            back.read(writable);
        }
    }

    private void responseEnded() {
        BackHandler connection = back;
        if (connection != null) {
            bytes = connection.bytes();
            back = null;
            if (reuseBack && requestEnded && !requestBroken) {
                connection.release();
            } else {
                connection.close();
            }
        }
        shared.tally().served();
        log(null, "");
        end();
    }

    // Another protocol.

    private void switchProtocol(HttpResponse response) {
        if (!rules.isUpgrade() || back == null) {
            fail(HCode.H17, 502, "");
            return;
        }
        String protocol = String.join(", ", response.headers().getAll(HttpHeaderNames.UPGRADE));
        UpstreamHead.removeHopByHop(response.headers());
        response.headers().set(Names.CONNECTION, "Upgrade");
        if (!protocol.isEmpty()) {
            response.headers().set(Names.UPGRADE, protocol);
        }
        UpstreamHead.appendVia(response.headers());
        response.setProtocolVersion(HttpVersion.HTTP_1_1);
        stage = Stage.TUNNEL;
        responseStarted = true;
        skipLast = true;
        status = 101;
        front.write(response);
        front.flush();
        back.becomeTunnel();
        front.becomeTunnel();
        flushToDyno();
        front.read(true);
    }

    void fromClient(ByteBuf message) {
        BackHandler connection = back;
        if (stage != Stage.TUNNEL || connection == null) {
            message.release();
            return;
        }
        lastClientByte = System.nanoTime();
        connection.write(message);
        if (!connection.isWritable()) {
            connection.flush();
            front.read(connection.isWritable());
        }
    }

    void fromDyno(ByteBuf message) {
        if (stage != Stage.TUNNEL) {
            message.release();
            return;
        }
        lastDynoByte = System.nanoTime();
        front.write(message);
        holdDynoIfNeeded();
    }

    // Ends that nobody asked for.

    void clientHalfClosed() {
        clientEnded = true;
        if (stage != Stage.TUNNEL) {
            clientGone();
        } else if (dynoEnded || back == null) {
            endTunnel();
        } else {
            back.shutdownOutput();
        }
    }

    void dynoHalfClosed() {
        dynoEnded = true;
        if (stage != Stage.TUNNEL) {
            dynoClosed();
        } else if (clientEnded) {
            endTunnel();
        } else {
            front.shutdownOutput();
        }
    }

    private void endTunnel() {
        closeBack();
        shared.tally().served();
        log(null, "");
        closeClient = true;
        end();
    }

    /** The client's connection is gone. */
    void clientGone() {
        if (stage == Stage.TUNNEL) {
            endTunnel();
        } else if (stage != Stage.DONE) {
            fail(HCode.H27, "");
        }
    }

    /** The dyno's connection is gone before the response was complete. */
    void dynoClosed() {
        if (stage == Stage.TUNNEL) {
            endTunnel();
        } else if (stage == Stage.ACTIVE && !responseStarted && mayRepeat()) {
            repeat();
        } else if (stage == Stage.ACTIVE) {
            fail(responseStarted ? HCode.H18 : HCode.H13, "");
        }
    }

    private boolean mayRepeat() {
        return back != null && back.isReused() && back.bytes() == 0 && !repeated && isRepeatable();
    }

    /** The dyno closed an idle connection at the moment it was used: the request goes once more, on a new one. */
    private void repeat() {
        repeated = true;
        Backend before = backend;
        closeBack();
        backend = null;
        if (before != null) {
            before.release();
        }
        attempt();
    }

    void forceClose() {
        if (stage == Stage.TUNNEL) {
            endTunnel();
        } else if (stage != Stage.DONE) {
            status = 0;
            closeBack();
            record(HCode.H24, 0, "");
            stage = Stage.ACTIVE;
            finish();
            front.cut();
        }
    }

    void tick(long now) {
        switch (stage) {
            case WAITING -> overdue(now, waitingSince, shared.times().boot().toNanos(), HCode.H20);
            case BACKING_OFF -> overdue(now, waitingSince, shared.times().boot().toNanos(), HCode.H99);
            case ACTIVE -> activeTick(now);
            case TUNNEL -> {
                long last = Math.max(lastClientByte, lastDynoByte);
                if (now - last > shared.times().rolling().toNanos()) {
                    fail(HCode.H15, "");
                }
            }
            default -> {}
        }
    }

    private void activeTick(long now) {
        long rolling = shared.times().rolling().toNanos();
        if (!front.isWritable()) {
            if (front.backlog() != lastBacklog) {
                lastBacklog = front.backlog();
                lastClientByte = now;
            }
            overdue(now, lastClientByte, rolling, HCode.H28);
        } else if (responseStarted) {
            overdue(now, Math.max(lastDynoByte, requestEnded ? 0 : lastClientByte), rolling, HCode.H15);
        } else if (requestEnded) {
            long since = Math.max(requestEndedAt, sentSince);
            overdue(now, since, shared.times().firstByte().toNanos(), HCode.H12);
        } else {
            overdue(now, lastClientByte, rolling, bodyHeldByDyno ? HCode.H15 : HCode.H28);
        }
    }

    private void overdue(long now, long since, long limit, HCode code) {
        if (now - since > limit) {
            fail(code, "");
        }
    }

    // The end.

    private void fail(HCode code, String detail) {
        fail(code, code.status(), detail);
    }

    private void fail(HCode code, int answer, String detail) {
        if (stage == Stage.DONE) {
            return;
        }
        boolean tellClient = !responseStarted && answer != 499;
        stopWaiting();
        closeBack();
        record(code, answer, detail);
        if (tellClient) {
            front.expectResponse(toHead);
            Answers.failure(code, answer, accept, shared.pages(), route)
                    .write(front, closesClient() || !isRequestRead());
            end();
        } else {
            finish();
            front.cut();
        }
    }

    private void stopWaiting() {
        if (stage == Stage.WAITING && route != null) {
            route.forget(this);
        }
    }

    private void record(HCode code, int answer, String detail) {
        status = answer;
        if (route != null) {
            shared.tally().failed(code);
            log(code, detail);
        }
    }

    private boolean isRequestRead() {
        return requestEnded || !hasBody || early.peekLast() instanceof LastHttpContent || !front.isHttp1();
    }

    private void closeBack() {
        BackHandler connection = back;
        if (connection != null) {
            bytes = connection.bytes();
            back = null;
            connection.close();
        }
    }

    /** The client has its answer; the connection goes on if both sides can. */
    private void end() {
        boolean readAll = isRequestRead();
        boolean keep = !closesClient() && readAll;
        finish();
        if (!front.isHttp1()) {
            front.flush();
            if (!requestEnded) {
                front.closeGently();
            }
        } else if (keep) {
            front.next();
        } else {
            front.closeGently();
        }
    }

    private void finish() {
        if (stage == Stage.DONE) {
            return;
        }
        stopWaiting();
        stage = Stage.DONE;
        early.forEach(HttpContent::release);
        if (backend != null) {
            backend.release();
        }
        if (entered && route != null) {
            route.leave();
        }
    }

    private void log(@Nullable HCode code, String detail) {
        if (route == null) {
            return;
        }
        ClientSide side = front.side();
        boolean sent = sentSince != 0;
        long service = sent ? TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sentSince) : -1;
        shared.log()
                .offer(new RequestLine(
                        route.app(),
                        code,
                        detail,
                        request.method().name(),
                        path,
                        host,
                        requestId,
                        forwardedFor,
                        dynoName,
                        connectMillis,
                        service,
                        status,
                        sent && bytes < 0 ? 0 : bytes,
                        side.protocol(),
                        side.tls(),
                        side.tlsVersion()));
    }

    @Override
    public String toString() {
        return request.method() + " " + host + " " + stage;
    }
}
