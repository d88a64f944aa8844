package io.procmodel.router.exchange;

import io.netty.buffer.ByteBuf;
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
import io.procmodel.router.table.Route;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One request: from its head to its last byte, its log line and nothing left behind. Its stages:
 *
 * <pre>
 * NEW     checked; answered at once if it is wrong, or no request of the app is served
 * SEEKING a dyno; only the head is held, and nothing more is read ({@link DynoSearch})
 * ACTIVE  request and response flow, both at once
 * TUNNEL  bytes flow ({@link Tunnel})
 * DONE    logged; late calls do nothing
 * </pre>
 *
 * A request may be sent to another dyno until a byte of it may have reached one; after that only when nothing came back,
 * the connection had been used before, and sending it twice does no harm.
 */
final class Exchange implements DynoSearch.Seeker {
    private static final int MAX_INTERIM = 100;

    private enum Stage {
        NEW,
        SEEKING,
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
    private final long startMillis;
    private final Progress progress;
    private final ArrayDeque<HttpContent> early = new ArrayDeque<>(1);

    private Stage stage = Stage.NEW;
    private String host = "";
    private String requestId = "";
    private String forwardedFor = "";
    private @Nullable Route route;
    private @Nullable Backend backend;
    private @Nullable BackHandler back;
    private @Nullable DynoSearch search;
    private @Nullable Tunnel tunnel;
    private boolean entered;
    private boolean repeated;
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

    Exchange(FrontHandler front, Loop loop, Shared shared, HttpRequest request) {
        this.front = front;
        this.loop = loop;
        this.shared = shared;
        this.request = request;
        this.rules = new RequestRules(request);
        this.progress = new Progress(shared.times());
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
            stage = Stage.SEEKING;
            search = new DynoSearch(to, loop, shared, this);
            search.start(mayReuse());
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

    private boolean mayReuse() {
        return shared.features().keepAlive() && !rules.isUpgrade() && !repeated;
    }

    @Override
    public Optional<String> affinity() {
        return shared.features().affinity() ? Affinity.token(request.headers()) : Optional.empty();
    }

    @Override
    public void notFound(HCode code, String detail) {
        fail(code, detail);
    }

    @Override
    public boolean isRepeatable() {
        HttpMethod method = request.method();
        boolean safe = method.equals(HttpMethod.GET) || toHead || method.equals(HttpMethod.OPTIONS);
        return safe && !hasBody;
    }

    @Override
    public void found(Backend to, BackHandler connection) {
        backend = to;
        back = connection;
        stage = Stage.ACTIVE;
        progress.sent();
        connection.use(to, this, toHead);
        HttpHeaders headers = request.headers();
        headers.set(Names.CONNECT_TIME, Long.toString(search == null ? -1 : search.connectMillis()));
        headers.set(Names.TOTAL_ROUTE_TIME, Long.toString(TimeUnit.NANOSECONDS.toMillis(progress.sinceStart())));
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
        progress.clientMoved();
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
            progress.requestEnded();
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
        if (tunnel != null) {
            tunnel.dynoWritable(writable);
        } else if (writable && bodyHeldByDyno) {
            bodyHeldByDyno = false;
            progress.clientMoved();
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
        progress.dynoMoved();
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
            progress.dynoMoved();
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
        if (back != null) {
            front.holdUp(back, progress);
        }
    }

    void flushToClient() {
        if (stage != Stage.DONE) {
            front.flush();
        }
    }

    void clientWritable(boolean writable) {
        progress.clientMoved();
        progress.dynoMoved();
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
        tunnel = new Tunnel(front, back, progress, this::endTunnel);
        tunnel.open();
    }

    void fromClient(ByteBuf message) {
        if (tunnel == null || stage != Stage.TUNNEL) {
            message.release();
        } else {
            tunnel.fromClient(message);
        }
    }

    void fromDyno(ByteBuf message) {
        if (tunnel == null || stage != Stage.TUNNEL) {
            message.release();
        } else {
            tunnel.fromDyno(message);
        }
    }

    // Ends that nobody asked for.

    void clientHalfClosed() {
        if (tunnel != null && stage == Stage.TUNNEL) {
            tunnel.clientHalfClosed();
        } else {
            clientGone();
        }
    }

    void dynoHalfClosed() {
        if (tunnel != null && stage == Stage.TUNNEL) {
            tunnel.dynoHalfClosed();
        } else {
            dynoClosed();
        }
    }

    private void endTunnel() {
        if (stage != Stage.TUNNEL) {
            return;
        }
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
        stage = Stage.SEEKING;
        if (search != null) {
            search.start(mayReuse());
        }
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
        if (stage == Stage.SEEKING && search != null) {
            search.tick(now);
        } else if (stage == Stage.ACTIVE || stage == Stage.TUNNEL) {
            HCode code = overdue(now);
            if (code != null) {
                fail(code, "");
            }
        }
    }

    private @Nullable HCode overdue(long now) {
        if (stage == Stage.TUNNEL) {
            return progress.tunnel(now);
        } else if (!front.isWritable()) {
            return progress.slowReader(now, front.backlog());
        }
        return responseStarted
                ? progress.response(now, requestEnded)
                : progress.request(now, requestEnded, bodyHeldByDyno);
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
        stopSeeking();
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

    private void stopSeeking() {
        if (search != null) {
            search.cancel();
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
        stopSeeking();
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
        boolean sent = progress.wasSent();
        long service = sent ? TimeUnit.NANOSECONDS.toMillis(progress.sinceSent()) : -1;
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
                        search == null ? "" : search.dynoName(),
                        search == null ? -1 : search.connectMillis(),
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
