package io.vireo.control.http;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;

/** Between Jetty and the operations: identifies the peer, finds the operation, turns exceptions into problem documents. */
final class ApiHandler extends Handler.Abstract {
    private final OperationRouter router;
    private final PeerReader peers;
    private final ErrorTable errors;

    ApiHandler(OperationRouter router, PeerReader peers, ErrorTable errors) {
        this.router = router;
        this.peers = peers;
        this.errors = errors;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        Peer peer = peers.read(channelOf(request));
        Exchange exchange = new Exchange(request, response, peer);
        try {
            Role role = AccessPolicy.roleOf(peer)
                    .orElseThrow(() -> ApiException.forbidden("user " + peer.user()
                            + " is neither root nor in the group " + AccessPolicy.OPERATOR_GROUP + " or "
                            + AccessPolicy.READ_ONLY_GROUP));
            OperationRouter.Match match = router.find(request.getMethod(), Request.getPathInContext(request));
            if (!role.covers(match.operation().role())) {
                throw ApiException.forbidden("user " + peer.user()
                        + " may read but not change anything; changes need the group " + AccessPolicy.OPERATOR_GROUP);
            }
            Fields query = Exchange.parametersOf(request.getHttpURI().getQuery());
            RequestRules.checkQuery(match.operation(), query);
            RequestRules.checkBody(match.operation(), request.getHeaders());
            exchange = new Exchange(request, response, peer, match.variables(), query);
            match.operation().handler().handle(exchange);
        } catch (Exception e) {
            if (exchange.isCommitted() || errors.isForNobody(e)) {
                // Half an answer is sent already, or nobody waits for one; all that is left is to close the connection.
                callback.failed(e);
                return true;
            }
            ApiException problem = errors.problemOf(e);
            exchange.problem(problem.document(), problem.headers());
        }
        callback.succeeded();
        return true;
    }

    private static SocketChannel channelOf(Request request) {
        return (SocketChannel)
                request.getConnectionMetaData().getConnection().getEndPoint().getTransport();
    }
}
